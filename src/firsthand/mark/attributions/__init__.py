"""Who says what: source, cue and content, nested, with how certain each is."""
