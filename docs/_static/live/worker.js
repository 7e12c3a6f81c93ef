// The Python of the live page, in a thread of its own, so that the page stays quick whatever is typed.
"use strict";

const HERE = new URL("python/", self.location.href).href;
const MISSED = "ModuleNotFoundError";
const say = (message) => self.postMessage(message);

// The page fetches the files and sends each when it is there; the loader of Pyodide, which would fetch them itself, is given those.
const files = new Map();
const arrived = (name) => {
  if (!files.has(name)) {
    const file = {};
    file.content = new Promise((done) => (file.done = done));
    files.set(name, file);
  }
  return files.get(name);
};
const fetchPlainly = self.fetch.bind(self);
self.fetch = async (request) => {
  const name = String(request.url || request).split("/").pop();
  return new Response(name.endsWith(".wasm") ? null : await arrived(name).content); // which comes compiled, as follows
};
WebAssembly.instantiateStreaming = async (_, imports) => {
  const module = await arrived("pyodide.asm.wasm").content;
  return { module, instance: await WebAssembly.instantiate(module, imports) };
};

let python;

async function start() {
  importScripts(`${HERE}pyodide.js`, `${HERE}pyodide.asm.js`);
  python = await loadPyodide({ indexURL: HERE });
  python.FS.writeFile("/first", new Uint8Array(await arrived("first").content), { canOwn: true });
  return python.runPython(`
import gc, marshal
gc.disable()  # of what is imported, nothing is garbage
with open("/first", "rb") as file:
    finder, modules, data = marshal.loads(file.read())
names = {"__name__": "live_finder"}
exec(finder, names)
names["install"](modules, data, "/page")
from symparams.cli.live_page import answer_json
answer_json('{"model": "Dense(n)"}')  # SymPy is imported now, and not at the first question
gc.freeze()
gc.enable()
answer_json
`);
}

// The thread is there before anything is typed; Python is started when it is asked for.
let ready;
self.onmessage = ({ data }) => {
  if (data.start) {
    ready = start();
    ready.then(() => say({ ready: true }), (error) => say({ failed: lastLine(error) }));
  } else if (data.name) arrived(data.name).done(data.content);
  else reply(data);
};

async function reply({ id, question }) {
  const answer = await ready;
  try {
    say({ id, answer: JSON.parse(await answered(answer, JSON.stringify(question))) });
  } catch (error) {
    say({ id, answer: { error: `this should not happen, please report it: ${lastLine(error)}` } });
  }
}

// The modules that no usual answer needs are fetched when one of them is missed.
let later;
async function answered(answer, question) {
  try {
    const found = answer(question);
    if (later || !found.includes(MISSED)) return found; // else the answer is the error that one is missing
  } catch (error) {
    if (later || !String(error).includes(MISSED)) throw error;
  }
  later = extract();
  await later;
  python.runPython("import importlib; importlib.invalidate_caches()");
  return answer(question);
}

// Writes the files of a tar archive below /page.
async function extract() {
  const response = await fetchPlainly(`${HERE}later.packed`);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const content = response.body.pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(content).arrayBuffer());
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

function lastLine(error) {
  return String((error && error.message) || error).trim().split("\n").pop();
}
