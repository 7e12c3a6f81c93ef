"""Files of llama.cpp, GGUF: only their headers are read, which have the name and shape of every tensor."""
