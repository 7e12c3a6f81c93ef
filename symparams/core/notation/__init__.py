"""One reader an output: text, LaTeX, Markdown."""
