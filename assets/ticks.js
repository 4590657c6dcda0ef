/* Lists in which rows are ticked, chosen and remarked: what was done is gathered in a hidden field, which the server reads. */
if (!window.atlasTicks) {
  window.atlasTicks = true;
  const LIST = ".ticks", ROW = "[data-row]";
  const field = (list) => document.querySelector(`.st-key-ticks-${list.dataset.to} textarea`);
  const choices = (row) => [...row.querySelectorAll("button[data-choice]")];
  const remark = (row) => row.querySelector("input[data-remark]");

  const read = (row) => {
    if (row.type === "checkbox") return [row.checked ? "yes" : "", ""];
    return [choices(row).find((one) => one.ariaPressed === "true")?.dataset.choice ?? "", remark(row)?.value ?? ""];
  };

  const write = (row, [choice, said]) => {
    if (row.type === "checkbox") row.checked = choice === "yes";
    for (const one of choices(row)) one.ariaPressed = String(one.dataset.choice === choice);
    if (remark(row)) remark(row).value = said;
    row.dataset.chosen = choice;
  };

  const give = (list) => {
    const area = field(list), found = {};
    if (!area) return;
    for (const row of list.querySelectorAll(ROW)) {
      const [choice, said] = read(row);
      if (choice || said) found[row.dataset.row] = [choice, said];
    }
    const text = JSON.stringify(found);
    if (text === area.value) return;
    list.dataset.held = text;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, text);
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  };

  // clicks and letters that follow each other quickly go to the server as one; a form sends nothing before its button
  const resting = new Map();
  const soon = (list) => {
    if (field(list)?.closest("[data-testid=stForm]")) return give(list);
    clearTimeout(resting.get(list.dataset.to));
    return resting.set(list.dataset.to, setTimeout(() => resting.delete(list.dataset.to) && give(list), 300));
  };

  document.addEventListener("click", ({ target }) => {
    const list = target.closest?.(LIST);
    if (!list) return;
    const one = target.closest("button[data-choice]"), all = target.closest("button[data-all]");
    if (one) {
      const row = one.closest(ROW), [chosen, said] = read(row);
      write(row, [chosen === one.dataset.choice ? "" : one.dataset.choice, said]);
    } else if (all) {
      for (const row of list.querySelectorAll(`${ROW}:not([data-conflict])`)) {
        const [chosen, said] = read(row);
        if (!chosen) write(row, [all.dataset.all, said]);
      }
    } else return;
    soon(list);
  });
  document.addEventListener("change", ({ target }) => {
    const list = target.closest?.(LIST);
    if (list) give(list);
  });
  // whoever goes on to a button means what was chosen before
  document.addEventListener("pointerdown", ({ target }) => {
    if (target.closest?.(LIST)) return;
    for (const list of document.querySelectorAll(LIST)) if (resting.delete(list.dataset.to)) give(list);
  }, true);

  // a list that is drawn anew, or whose field comes with another text, shows what the field holds
  new MutationObserver(() => {
    for (const list of document.querySelectorAll(LIST)) {
      const area = field(list);
      if (!area || list.dataset.held === area.value) continue;
      list.dataset.held = area.value;
      const held = JSON.parse(area.value || "{}");
      for (const row of list.querySelectorAll(ROW)) write(row, held[row.dataset.row] ?? ["", ""]);
    }
  }).observe(document.body, { childList: true, subtree: true });
}
