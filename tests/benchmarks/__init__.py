"""How fast it is, each row against its rival in the same run. ``python -m tests.benchmarks`` prints the table."""
