// Fetches the Python of the live page. The page does it and not the worker, which sees nothing of what comes in while it starts.
"use strict";

const WASM = "pyodide.asm.wasm";
const PYTHON_FILES = [WASM, "pyodide-lock.json", "python_stdlib.zip", "first"];

// Sends each file to the worker as soon as it is there. What comes in is counted on the way, for the bar.
function sendPython(worker, folder, progress) {
  let received = 0;
  const count = (bytes) => progress((received += bytes));
  return Promise.all(PYTHON_FILES.map(async (name) => {
    const response = await unpacked(`${folder}${name}.packed`, count);
    if (name === WASM) worker.postMessage({ name, content: await WebAssembly.compileStreaming(response) });
    else {
      const content = await response.arrayBuffer();
      worker.postMessage({ name, content }, [content]);
    }
  }));
}

// A file that is unpacked here, since not every server compresses what it sends.
async function unpacked(url, count) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.split("/").pop()}: ${response.status} ${response.statusText}`);
  const counted = new TransformStream({
    transform(chunk, out) {
      count(chunk.byteLength);
      out.enqueue(chunk);
    },
  });
  const content = response.body.pipeThrough(counted).pipeThrough(new DecompressionStream("gzip"));
  return new Response(content, { headers: { "Content-Type": url.includes(WASM) ? "application/wasm" : "" } });
}
