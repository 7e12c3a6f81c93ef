"""Completion in a shell: ``symparams completion bash`` prints a script, which asks ``symparams complete`` what may follow."""
