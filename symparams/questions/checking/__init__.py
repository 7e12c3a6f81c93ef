"""``check``: a formula that somebody wrote, against a model, term by term."""
