"""The window to a language model: one function, `async Request → Reply`, and what nests in it."""
