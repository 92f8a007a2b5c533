"""The nouns: pure values that every verb shares. Imports nothing else of firsthand."""
