/* A component runs what it is sent. Any page may open the frame of one in a window and send it something, and over plain
   HTTP no browser cuts the two apart; so what its own page sends is all that arrives, and in a window the frame is empty. */
{
  addEventListener("message", (event) => {
    if (event.source !== parent || event.origin !== origin) event.stopImmediatePropagation();
  }, true);
  if (parent === window) stop();
}
