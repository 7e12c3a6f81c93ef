"""``check``: where does a formula written by hand differ from the model?"""
