// The Python of the live page, in a thread of its own, so that the page stays quick whatever is typed.
"use strict";

const HERE = new URL("python/", self.location.href).href;
const say = (message) => self.postMessage(message);

// Pyodide fetches its own files. What comes in is counted on the way, for the bar; what is packed is unpacked here, since
// not every server compresses what it sends.
const PACKED = { "pyodide.asm.wasm": "application/wasm", "pyodide-lock.json": "application/json" };
const fetchPlainly = self.fetch.bind(self);
let received = 0;
self.fetch = async (request, ...options) => {
  const name = String(request.url || request).split("/").pop();
  const type = PACKED[name];
  const response = await fetchPlainly(type ? `${HERE}${name}.packed` : request, ...options);
  if (!response.ok || !response.body) return response;
  const counted = response.body.pipeThrough(
    new TransformStream({
      transform(chunk, out) {
        received += chunk.byteLength;
        say({ received });
        out.enqueue(chunk);
      },
    }),
  );
  if (type || name.endsWith(".packed")) {
    return new Response(counted.pipeThrough(new DecompressionStream("gzip")), { headers: { "Content-Type": type || "application/x-tar" } });
  }
  return new Response(counted, { status: response.status, headers: response.headers });
};

let python;

async function unpack(name) {
  python.unpackArchive(await (await fetch(`${HERE}${name}.packed`)).arrayBuffer(), "tar", { extractDir: "/page" });
}

async function start() {
  importScripts(`${HERE}pyodide.js`);
  const first = fetch(`${HERE}first.packed`).then((its) => its.arrayBuffer());
  python = await loadPyodide({ indexURL: HERE });
  python.unpackArchive(await first, "tar", { extractDir: "/page" });
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
    return answer(question);
  } catch (error) {
    if (later || !String(error).includes("ModuleNotFoundError")) throw error;
    later = unpack("later");
    await later;
    python.runPython("import importlib; importlib.invalidate_caches()");
    return answer(question);
  }
}

function lastLine(error) {
  return String((error && error.message) || error).trim().split("\n").pop();
}
