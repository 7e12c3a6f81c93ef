// node live_pyodide.mjs PYODIDE SCRIPT.py ARGUMENTS...: runs a script in the Python of Pyodide, which is the one of the live
// page. The files of this machine are below /host there.
import { pathToFileURL } from "node:url";

const [folder, script, ...given] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: folder });
python.FS.mkdir("/host");
python.FS.mount(python.FS.filesystems.NODEFS, { root: "/" }, "/host");
python.globals.set("given", python.toPy([script, ...given]));
try {
  python.runPython(`
import runpy, sys

sys.argv = given
runpy.run_path("/host" + given[0], run_name="__main__")
`);
} catch (error) {
  console.error(error.message); // without the lines of Pyodide's own source, which are very long
  process.exit(1);
}
