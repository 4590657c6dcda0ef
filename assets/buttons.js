/* Buttons that change the address, which window.atlasGo does, or copy it; menus close at Escape and at a click elsewhere. */
if (!window.atlasToggle) {
  const OPEN = "details.menu[open], details.facet[open]";

  /* Adds a value to a parameter that may have several, or takes it out. */
  window.atlasToggle = (name, value) => {
    const values = window.atlasAsked().getAll(name);
    window.atlasGo({ [name]: values.includes(value) ? values.filter((one) => one !== value) : [...values, value] });
  };

  /* Copies the address of the page, or that of a file beside it. */
  const copied = async (button) => {
    const text = button.textContent;
    const { href } = button.dataset.copy ? new URL(button.dataset.copy, location) : location;
    try {
      await navigator.clipboard.writeText(href);
    } catch { // without a secure connection browsers keep the clipboard to themselves
      const box = Object.assign(document.createElement("textarea"), { value: href });
      document.body.append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
    }
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = text; }, 2000);
  };

  const act = (button) => {
    const { set, toggle, copy } = button.dataset;
    if (copy !== undefined) return copied(button);
    if (toggle !== undefined) return window.atlasToggle(...toggle.split("="));
    const changes = {};
    for (const [name, value] of new URLSearchParams(set)) (changes[name] ??= []).push(value);
    return window.atlasGo(changes);
  };

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(OPEN)) if (!menu.contains(event.target)) menu.open = false;
    const button = event.target.closest?.("button[data-set], button[data-toggle], button[data-copy]");
    if (!button) return;
    act(button);
    const menu = button.closest("details.menu");
    if (menu) menu.open = false;
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.(OPEN) ?? document.querySelector(OPEN);
    if (!menu) return;
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
