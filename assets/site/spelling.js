/* How names are written: the steps of atlas/model/spelling.py and names.py, with the tables that stand in the file. */
const HAN = "\\u2e80-\\u9fff\\u{20000}-\\u{3ffff}";
const WORD = "(?:[\\p{L}\\p{N}]|['’ʼ\\u0300-\\u036f])+";
const BETWEEN = /[,;/|>、，；()（）]|[-‐-―~]+/u;
const STROKED = { đ: "d", Đ: "D", ð: "d", Ð: "D", ɖ: "d", Ɖ: "D" };
const LOOKING_ALIKE = { ð: "đ", ɖ: "đ" };
const TONES = "\u0300\u0301\u0303\u0309\u0323\u0304\u030c";
const LONGEST_TYPE = 4, LONGEST_CHINESE = 40, FEWEST = 2, BEGUN = 2, LONGEST_NAME = 12;

export function isHan(text) {
  const code = text.codePointAt(0);
  return (code >= 0x2e80 && code <= 0x9fff) || code >= 0x20000;
}

/* Understands names by the tables of the file. */
export function speller(tables) {
  const to = [...tables.to];
  const folded = new Map([...tables.from].map((char, n) => [char, to[n]]).concat(Object.entries(tables.longer)));
  const keys = tables.keys.split("|"), known = new Set(keys);
  const own = new Set(keys.filter((_, n) => tables.own[n] === "1"));
  const notInTables = new Set(tables.inOdd);
  const [before, after, large, marked, peoples] = ["before", "after", "large", "marked", "peoples"].map((name) => new Set(tables[name]));
  const chineseEnd = new RegExp(tables.chineseEnd, "u");
  const readAlike = new Map();
  for (const key of keys.filter((one) => one.includes("y"))) {
    const alike = key.replaceAll("y", "i");
    readAlike.set(alike, [...(readAlike.get(alike) ?? []), key]);
  }

  const letters = (char) => folded.get(char)
    ?? (STROKED[char] ?? char).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const fold = (text) => [...text].map(letters).join("");

  const atoms = (text) => (text.match(new RegExp(`${WORD}\\.?`, "gu")) ?? [])
    .flatMap((word) => word.match(new RegExp(`[${HAN}]|[^${HAN}]+`, "gu")))
    .map((written) => ({ key: fold(written), written }))
    .filter(({ key }) => key);
  const parts = (text) => text.normalize("NFKC").split(BETWEEN).map(atoms).filter((part) => part.length);
  const joined = (row) => row.map(({ key }) => key).join("");

  /* The folded words of a text, and its runs of Chinese characters, in their order. */
  const words = (text) => (text.normalize("NFKC").match(new RegExp(WORD, "gu")) ?? [])
    .flatMap((word) => word.match(new RegExp(`[${HAN}]+|[^${HAN}]+`, "gu"))).map(fold).filter(Boolean);

  const spaced = (row) => row.map(({ key, written }) => (key.length === 1 && written.endsWith(".") ? `${key}.` : key)).join(" ");
  const marks = (text) => {
    const plain = [...text.normalize("NFKC").toLowerCase().normalize("NFD")].map((char) => LOOKING_ALIKE[char] ?? char);
    const kept = plain.filter((char) => !TONES.includes(char) && /[\p{L}\p{N}\p{M}]/u.test(char)).join("");
    const tones = plain.filter((char) => TONES.includes(char)).join("");
    return tones || /[^\0-\x7f]/.test(kept) ? `${kept} ${tones}` : null;
  };
  const mayBeType = (row) => {
    const typed = marks(row.map(({ written }) => written).join(" "));
    return typed === null || marked.has(typed) || after.has(spaced(row));
  };

  const chineseType = (name) => {
    const end = [...name].length <= LONGEST_CHINESE ? chineseEnd.exec(name) : null;
    if (!end || [...name].some((char) => !isHan(char))) return null;
    const { length } = Array.from(name.slice(0, end.index)); // characters, as Python counts them
    return length < FEWEST || chineseType(name.slice(0, end.index)) !== null ? null : length;
  };

  const withoutPeoples = function* (row, atFront) {
    const ordered = atFront ? row : [...row].reverse();
    for (let count = 1; count < ordered.length; count += 1) {
      if (!peoples.has(ordered[count - 1].key)) return;
      yield atFront ? row.slice(count) : row.slice(0, -count);
    }
  };

  /* What may be left of a name when the words that say what it is are taken off, and whether that is something large. */
  const withoutType = function* (row) {
    if (isHan(row.at(-1).key)) {
      const length = chineseType(joined(row));
      if (length !== null) yield [row.slice(0, length), false];
      return;
    }
    for (let count = Math.min(LONGEST_TYPE, row.length - 1); count > 0; count -= 1) {
      for (const [type, rest] of [[row.slice(0, count), row.slice(count)], [row.slice(-count), row.slice(0, -count)]]) {
        const text = spaced(type);
        if (!(before.has(text) || after.has(text)) || !mayBeType(type)) continue;
        yield [rest, large.has(text)];
        if (type.at(-1).key !== "tri" && type[0].key !== "autonomous") continue;
        for (const left of withoutPeoples(rest, rest[0] !== row[0])) yield [left, large.has(text)];
      }
    }
  };

  const alike = (key) => {
    if (known.has(key)) return [key];
    const bare = /^(?:[a-z]+[1-5])+$/.test(key) ? key.replace(/(?<=[a-z])[1-5]/g, "") : key;
    const same = key.replaceAll("y", "i");
    return [...new Set([bare, same])].filter((one) => known.has(one)).concat(readAlike.get(same) ?? []);
  };
  const isOwn = (key) => !isHan(key) && own.has(key);

  /* The known name that these atoms are, folded and without its type; null where they are none. */
  const name = (row) => {
    if (isOwn(joined(row))) return { key: joined(row), row };
    for (const rest of [...[...withoutType(row)].map(([left]) => left), row]) {
      for (const key of alike(joined(rest))) {
        return key === joined(rest) && !notInTables.has(key) ? { key, row: rest } : { key: tables.odd[key] ?? key };
      }
    }
    return null;
  };

  const knownPieces = (row) => {
    const found = Array(row.length + 1).fill(null);
    found[row.length] = [];
    for (let start = row.length - 1; start >= 0; start -= 1) {
      for (let end = row.length; end > start && !found[start]; end -= 1) {
        const piece = found[end] && name(row.slice(start, end));
        if (piece) found[start] = [piece, ...found[end]];
      }
    }
    return found[0]?.length ? found[0] : null;
  };

  /* The known names that a text is, one after the other; null where it has anything else. */
  const pieces = (text) => {
    const all = parts(text), whole = all.flat();
    if (whole.length && isOwn(joined(whole))) return [{ key: joined(whole), row: whole }];
    const found = all.map(knownPieces);
    return found.length && found.every(Boolean) ? found.flat() : null;
  };

  const asTyped = (row) => {
    const found = knownPieces(row);
    if (found) return found.map(({ key }) => key).join("");
    const whole = joined(row);
    const begun = [...withoutType(row)].filter(([rest, big]) => big && rest[0].key.length >= BEGUN).map(([rest]) => joined(rest));
    return tables.keys.includes(whole) || !begun.length ? whole : begun.reduce((one, other) => (other.length < one.length ? other : one));
  };

  /* What has to stand in the search_text of a record, each of it. */
  const needles = (text) => {
    const found = pieces(text);
    if (found) return found.map(({ key }) => key);
    const typed = parts(text).map(asTyped);
    return typed.length ? typed : [fold(text)].filter(Boolean);
  };

  /* The words of a text, those of a known name together and without its type. */
  const phrase = ({ key, row }) => (isHan(key) || !row || row.length === 1 ? tables.spaced?.[key] ?? key : row.map((one) => one.key).join(" "));
  const phrases = (text) => {
    const found = pieces(text);
    if (found) return found.map(phrase);
    const segments = parts(text);
    if (segments.flat().some(({ key }) => isHan(key))) return words(text);
    return segments.flatMap((part) => {
      const said = [];
      for (let start = 0; start < part.length;) {
        let end = Math.min(part.length, start + LONGEST_NAME), named = null;
        for (; end > start + 1 && !named; end -= named ? 0 : 1) {
          named = name(part.slice(start, end));
          if (named && (named.row ? named.row.length : (tables.spaced?.[named.key] ?? "").split(" ").length) < 2) named = null;
          if (named) break;
        }
        if (!named) end = start + 1;
        const row = part.slice(start, end);
        said.push(named?.row ? named.row.map(({ key }) => key).join(" ") : named ? tables.spaced[named.key] : row[0].key);
        start = end;
      }
      return said;
    });
  };

  return { fold, needles, phrases, types: new Set(tables.types) };
}
