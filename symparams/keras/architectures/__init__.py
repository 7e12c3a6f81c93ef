"""The networks of ``keras.applications``, each drawn as its paper describes it."""
