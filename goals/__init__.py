"""Where are you going, how far are you?"""
