"""How are you, what did you crave, what set it off, what helped?"""
