"""Each insight as a person meets it: a question, a sentence, a picture, a table. All four from the same numbers."""
