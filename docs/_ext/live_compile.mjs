// node live_compile.mjs PYODIDE SOURCES.zip COMPILED.zip OPTIMIZE: the same archive, each .py compiled by the Python of
// Pyodide, which is the one that will run it.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, sources, compiled, optimize] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: folder });
python.FS.writeFile("/sources.zip", new Uint8Array(readFileSync(sources)));
python.globals.set("optimize", Number(optimize));
python.runPython(`
import py_compile, zipfile

with zipfile.ZipFile("/sources.zip") as sources, zipfile.ZipFile("/compiled.zip", "w", zipfile.ZIP_DEFLATED) as compiled:
    for name in sources.namelist():
        content = sources.read(name)
        if name.endswith(".py"):
            with open("/module.py", "wb") as file:
                file.write(content)
            mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
            py_compile.compile("/module.py", "/module.pyc", name, doraise=True, optimize=optimize, invalidation_mode=mode)
            with open("/module.pyc", "rb") as file:
                name, content = name + "c", file.read()
        compiled.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
`);
writeFileSync(compiled, python.FS.readFile("/compiled.zip"));
