"""Reading an article that somebody made public: its title, its text, whose words it has, and what they suggest."""
