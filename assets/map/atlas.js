/* What pages and hand-outs call. */
import { bezier, gather, linesOf, nameOf, shownOf } from "./places.js";
import { leaves } from "./edges.js";
import { order } from "./keys.js";
import { give, open, start } from "./base.js";
import { select } from "./twinnings.js";
import { flows } from "./flows.js";

window.atlas = { give, open, start, select, flows, pure: { bezier, gather, leaves, linesOf, nameOf, order, shownOf } };
