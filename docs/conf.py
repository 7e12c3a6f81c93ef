"""How the site is built: ``sphinx-build -W --keep-going -n docs docs/_build/html``, with no network."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
ROOT = HERE.parent

# The pages describe this checkout, in this process and in the kernels that run the examples.
sys.path[:0] = [str(ROOT), str(HERE / "_ext")]
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # or the kernel speaks about a debugger that nobody asked for
# The shell lines of a page find the `symparams` of the Python that builds it.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])

# The examples run without the settings, start-up files and history of whoever builds the site.
ipython = TemporaryDirectory(prefix="ipython-")
profile = Path(ipython.name, "profile_default")
profile.mkdir()
profile.joinpath("ipython_kernel_config.py").write_text('c.IPKernelApp.log_level = "ERROR"\nc.HistoryManager.enabled = False\n')
os.environ["IPYTHONDIR"] = ipython.name

from sphinx.errors import ConfigError
from sphinxcontrib.katex import katex_version

import symparams

project = "symparams"
author = "The symparams authors"
project_copyright = author
version = release = symparams.__version__

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.intersphinx",
    "sphinx_design",
    "sphinx_copybutton",
    "sphinxcontrib.katex",
    "patient_katex",
    "formulas",
    "across",
    "model_types",
    "letters",
    "gallery",
    "definitions",
    "console",
    "live",
    "search_formulas",
    "typeset_answers",
    "accessible",
    "sound",
    "llms",
]
exclude_patterns = ["_build", "**/.ipynb_checkpoints"]
templates_path: list[str] = []
nitpicky = True
nitpick_ignore = [("py:class", "pd.DataFrame"), ("py:class", "pl.DataFrame")]

# ---------------------------------------------------------------- pages: run, never trusted
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath", "attrs_inline", "substitution"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_timeout = 120
nb_execution_raise_on_error = True
nb_merge_streams = True
nb_code_prompt_show = "Show the code"
nb_code_prompt_hide = "Hide the code"
nb_render_markdown_format = "myst"
suppress_warnings = ["ref.python"]  # Parameter is a layer of ours and a tensor of PyTorch, and both are in the reference

# ---------------------------------------------------------------- the reference of names
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
add_module_names = False
python_use_unqualified_type_names = True
intersphinx_mapping = {
    "python": ("https://docs.python.org/3", str(HERE / "_inventories" / "python.inv")),
    "sympy": ("https://docs.sympy.org/latest", str(HERE / "_inventories" / "sympy.inv")),
}

# ---------------------------------------------------------------- mathematics: drawn when the site is built
katex_prerender = True
katex_css_path = "katex/katex.min.css"
if katex_version != "0.16.22":  # a style sheet of another version puts the glyphs in the wrong places
    raise ConfigError(f"docs/_static/katex is KaTeX 0.16.22, but sphinxcontrib-katex carries {katex_version}: renew the folder")

# ---------------------------------------------------------------- looks
html_theme = "furo"
html_title = "symparams"
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "sidebar_hide_name": False,
    "top_of_page_buttons": [],
    "light_css_variables": {"color-code-background": "#f5f6f8"},  # code and what it prints, apart from the page
}
pygments_style = "a11y-high-contrast-light"  # of the theme's own requirement, with enough contrast to be read
pygments_dark_style = "monokai"
copybutton_exclude = ".linenos, .gp, .go"
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
