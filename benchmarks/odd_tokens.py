#!/usr/bin/env python3
"""Lists the tokens of a collection that look odd: what its pages broke, or the analyzer did.

    benchmarks/odd_tokens.py TEXTS.jsonl [TOP]     the TOP most frequent ones, 200 where that is left out

Prints how many there are of each class, then for each of the TOP its class, its count, the exact form, and the first
place where it stands. LIMIER=PATH names the command; build/release/bin/limier is the default. Python 3 alone is needed.
"""
import collections
import json
import os
import re
import subprocess
import sys

BATCH = 250  # texts for one run of the command
AROUND = 30  # bytes of context on either side

# What looks odd and is not: TF1, 4e, 2ème, 20h30, 80km, CO2, m2, ALL4, 4.2, v2.0, S.N.C.F.
ORDINARY = re.compile(
    r"[A-Z]{1,4}-?\d{1,3}|\d+(?:er|ère|re|e|è|ème|ième|nde?|ᵉ|ʳᵉ)|\d{1,2}[hH]\d{0,2}|\d+(?:[.,]\d+)?(?:[kcm]?[mgl]|km)"
    r"|\w{1,3}[₂²³2]|\d[\d.,'’\s]*|v?\d+(?:\.\d+)+|(?:\w\.-?)+\w?\.?")

# (class, test of the word as written, its exact form, what stands before and behind); the first that holds.
CLASSES = [
    ("mojibake", lambda w, e, a, b: re.search("Ã|Â[^A-Za-z]|â€|\ufffd", w)),
    ("cut by a control character", lambda w, e, a, b: re.search("[\x80-\x9f]$", a) or re.match("[\x80-\x9f]", b)),
    ("entity", lambda w, e, a, b: a.endswith("&") and b.startswith(";")),
    ("verb and pronoun", lambda w, e, a, b: e == "t" and re.match("-(il|elle|on)", b)),
    ("cut by brackets", lambda w, e, a, b: re.fullmatch("[a-zà-ÿ]{1,4}", w)
     and (a.endswith("(") and re.match(r"\)['’]?[a-zà-ÿ]", b) or re.search(r"[a-zà-ÿ]\($", a))),
    ("elided before a quotation mark", lambda w, e, a, b: e in ("d", "l", "qu", "j", "s") and re.match('["«]', b)),
    ("single letter", lambda w, e, a, b: len(e) == 1 and e.isalpha() and e not in "aày"),
    ("number", lambda w, e, a, b: re.match("0\\d\\d", e) or re.fullmatch(r"\d{5,}", w)
     or re.fullmatch(r"\d+[ .]\d+\D+", e) or re.match(r"[  ]?\.? \d\d\d\D", b) and re.fullmatch(r"\d{1,3}", e)),
    ("letters and digits", lambda w, e, a, b: re.search(r"\d", e) and not ORDINARY.fullmatch(w)),
    ("capital inside", lambda w, e, a, b: re.search("[a-zß-ÿ][A-ZÀ-Þ]|[A-ZÀ-Þ]{2}[a-zß-ÿ]{2}", w)),
    ("long", lambda w, e, a, b: len(e) > 25 and "." not in e),
    ("mark of its own", lambda w, e, a, b: re.search("[\u0300-\u036f]", e)),
    ("sign inside", lambda w, e, a, b: re.search(r"[^\w.'&-]", e)),
]


def texts(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            yield document.get("title", "") + "\n" + document.get("text", "")


def batches(items):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def analyze(text):
    command = [os.environ.get("LIMIER", "build/release/bin/limier"), "analyze", "--json", "-"]
    output = subprocess.run(command, input=text, stdout=subprocess.PIPE).stdout
    return json.loads(output)["tokens"]


def class_of(token, text):
    before = text[max(0, token["begin"] - AROUND):token["begin"]].decode(errors="ignore")
    behind = text[token["end"]:token["end"] + AROUND].decode(errors="ignore")
    for name, test in CLASSES:
        if test(token["word"], token["exact"], before, behind):
            return name, f"{before}[{token['word']}]{behind}"
    return None, None


def main():
    path, top = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200
    counts, places, tokens = collections.Counter(), {}, 0
    for batch in batches(texts(path)):
        text = "\n\n".join(batch).encode()
        for token in analyze(text):
            tokens += 1
            name, place = class_of(token, text)
            if name:
                counts[name, token["exact"]] += 1
                places.setdefault((name, token["exact"]), place)
    by_class = collections.Counter()
    for (name, _), count in counts.items():
        by_class[name] += count
    print(f"{tokens} tokens, {by_class.total()} of them odd")
    for name, count in by_class.most_common():
        print(f"{count:8} {name}, {sum(1 for key in counts if key[0] == name)} words")
    for (name, exact), count in counts.most_common(top):
        print(f"{count:6}  {name}  {exact}  " + re.sub(r"\s+", " ", places[name, exact]))


if __name__ == "__main__":
    main()
