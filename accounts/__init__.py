"""Who are you, what is yours, what day is it for you, what was done?"""
