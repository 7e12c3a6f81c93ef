// The Python of the live page, in a thread of its own, so that the page stays quick whatever is typed.
"use strict";

const HERE = new URL("python/", self.location.href).href;
const MISSED = "ModuleNotFoundError";
const say = (message) => self.postMessage(message);

// Everything is asked for at once, before Pyodide asks for its own files. What comes in is counted on the way, for the bar,
// and unpacked here, since not every server compresses what it sends.
const PACKED = {
  "pyodide.asm.wasm": "application/wasm",
  "pyodide-lock.json": "application/json",
  "python_stdlib.zip": "application/zip",
  first: "application/x-tar",
};
let received = 0;
const fetchPlainly = self.fetch.bind(self);
const coming = Object.fromEntries(Object.keys(PACKED).map((name) => [name, unpacked(name)]));
self.fetch = (request, ...options) => coming[String(request.url || request).split("/").pop()] || fetchPlainly(request, ...options);

async function unpacked(name) {
  const response = await fetchPlainly(`${HERE}${name}.packed`);
  if (!response.ok) return response;
  const counted = new TransformStream({
    transform(chunk, out) {
      received += chunk.byteLength;
      say({ received });
      out.enqueue(chunk);
    },
  });
  const content = response.body.pipeThrough(counted).pipeThrough(new DecompressionStream("gzip"));
  return new Response(content, { headers: { "Content-Type": PACKED[name] || "application/x-tar" } });
}

let python;

// Writes the files of a tar archive below /page.
async function extract(archive) {
  const response = await archive;
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = (start, length) => String.fromCharCode(...bytes.subarray(start, start + length)).split("\0")[0];
  for (let start = 0; bytes[start]; ) {
    const prefix = text(start + 345, 155);
    const path = `/page/${prefix && `${prefix}/`}${text(start, 100)}`;
    const size = parseInt(text(start + 124, 12), 8);
    const content = start + 512;
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    python.FS.writeFile(path, bytes.subarray(content, content + size));
    start = content + 512 * Math.ceil(size / 512);
  }
}

async function start() {
  importScripts(`${HERE}pyodide.js`);
  python = await loadPyodide({ indexURL: HERE });
  await extract(coming.first);
  return python.runPython(`
import sys
sys.path.insert(0, "/page")
from symparams.cli.live_page import answer_json
answer_json('{"model": "Dense(n)"}')  # SymPy is imported now, and not at the first question
answer_json
`);
}

const ready = start();
ready.then(() => say({ ready: true }), (error) => say({ failed: lastLine(error) }));

self.onmessage = async ({ data: { id, question } }) => {
  const answer = await ready;
  try {
    say({ id, answer: JSON.parse(await answered(answer, JSON.stringify(question))) });
  } catch (error) {
    say({ id, answer: { error: `this should not happen, please report it: ${lastLine(error)}` } });
  }
};

// The modules that no usual answer needs are fetched when one of them is missed.
let later;
async function answered(answer, question) {
  try {
    const found = answer(question);
    if (later || !found.includes(MISSED)) return found; // else the answer is the error that one is missing
  } catch (error) {
    if (later || !String(error).includes(MISSED)) throw error;
  }
  later = extract(unpacked("later"));
  await later;
  python.runPython("import importlib; importlib.invalidate_caches()");
  return answer(question);
}

function lastLine(error) {
  return String((error && error.message) || error).trim().split("\n").pop();
}
