"""``check``: where does a formula that somebody wrote differ from the model?"""
