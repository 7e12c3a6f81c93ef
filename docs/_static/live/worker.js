// The Python of the live page, in a thread of its own, so that the page stays quick whatever is typed.
"use strict";

const HERE = new URL("python/", self.location.href).href;
const say = (message) => self.postMessage(message);

// Pyodide fetches its own files: what comes in is counted on the way, for the bar.
const fetchPlainly = self.fetch.bind(self);
let received = 0;
self.fetch = async (...request) => {
  const response = await fetchPlainly(...request);
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
  return new Response(counted, { status: response.status, headers: response.headers });
};

async function start() {
  importScripts(`${HERE}pyodide.js`);
  const archives = ["libraries.zip", "symparams.zip"].map(async (name) => (await fetch(HERE + name)).arrayBuffer());
  const python = await loadPyodide({ indexURL: HERE });
  for (const archive of archives) python.unpackArchive(await archive, "zip", { extractDir: "/page" });
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
    say({ id, answer: JSON.parse(answer(JSON.stringify(question))) });
  } catch (error) {
    say({ id, answer: { error: `this should not happen, please report it: ${lastLine(error)}` } });
  }
};

function lastLine(error) {
  return String((error && error.message) || error).trim().split("\n").pop();
}
