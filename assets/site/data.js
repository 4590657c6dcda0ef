/* What stands in the file: packed data by the id of its element. */
const unpacked = {};

export function read(id) {
  unpacked[id] ??= unpack(document.getElementById(id).textContent);
  return unpacked[id];
}

async function unpack(letters) {
  const bytes = Uint8Array.from(atob(letters), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}
