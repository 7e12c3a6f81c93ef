"""LaTeX, tables and plots for a paper."""
