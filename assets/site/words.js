/* Pieces of pages. Texts become text nodes; what is put in as HTML was written, with its texts escaped, into the file. */
export function element(name, attributes = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

/* A sentence with texts and numbers for what stands in braces; of two forms the one that the number `n` asks for. */
export function say(sentence, values = {}, language = document.documentElement.lang) {
  const form = Array.isArray(sentence) ? sentence[values.n === 1 ? 0 : 1] : sentence;
  return form.replace(/\{(\w+)\}/g, (whole, name) => (typeof values[name] === "number" ? values[name].toLocaleString(language) : values[name] ?? whole));
}

export function put(selector, html) {
  document.querySelector(selector).innerHTML = html;
}
