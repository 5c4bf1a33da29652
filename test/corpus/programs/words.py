# Parses, sorts and matches words; objects of many kinds and life times.
import collections
import json
import re


class Word:
    def __init__(self, text, count):
        self.text = text
        self.count = count
        self.letters = list(text)


words = [f"word{number % 97}-{number}" for number in range(1500)]
text = json.dumps({word: [len(word), {"first": word[0]}] for word in words})
table = {key: Word(key, value) for key, value in json.loads(text).items()}
counts = collections.Counter(match.group(1) for match in re.finditer(r"(word\d)\d*-", text))
ordered = sorted(table.values(), key=lambda word: word.text[::-1])
print(len(ordered), counts.most_common(2))
