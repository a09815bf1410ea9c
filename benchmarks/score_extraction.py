"""Scores what programs took for the articles of pages, as a Markdown table.

    score_extraction.py DATA/extract NAME=FOUND.jsonl...

FOUND.jsonl has an object a page (path or id, title, date, body) and one with the CPU seconds (seconds, pages).

news-site: F1 of the words of lead and text; the gold text glues paragraphs, so words are runs of letters and digits.
Titles are compared as they are, and without the slogan that the site puts behind those of one section.
snippets, whole: phrases that have to be in the text, and phrases that must not be.
"""

import collections
import html
import json
import pathlib
import re
import sys

SLOGAN = " : actualité automobile, infos, scoop"


def words(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def f1(found, wanted):
    shared = sum((found & wanted).values())
    return 2 * shared / (sum(found.values()) + sum(wanted.values())) if shared else 0.0


def plain(text):
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")).strip()


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else float("nan")


class Found:
    def __init__(self, path):
        self.articles, self.seconds, self.pages = {}, None, None
        for line in pathlib.Path(path).read_text(encoding="utf-8").split("\n"):
            if not line:
                continue
            entry = json.loads(line)
            if "seconds" in entry:
                self.seconds, self.pages = entry["seconds"], entry["pages"]
            else:
                self.articles[entry.get("path") or entry["id"]] = entry

    def of(self, path):
        """The path as it was given, or the end of it that Limier takes for an id when it reads a folder."""
        names = [str(path), "/".join(path.parts[-2:]), "/".join(path.parts[-3:])]
        return next((self.articles[name] for name in names if name in self.articles), {})


def news_row(found, gold, folder, suffix):
    pairs = [(found.of(folder / f"{g['id']}{suffix}"), g) for g in gold]
    return [
        mean(f1(words(a.get("body", "")), words(g["heading"] + " " + g["text"])) for a, g in pairs),
        mean(plain(a.get("title", "")) == plain(g["title"]) for a, g in pairs),
        mean(plain(a.get("title", "")) == plain(g["title"].removesuffix(SLOGAN)) for a, g in pairs),
        mean(a.get("date", "")[:10] == g["date"][:10] for a, g in pairs),
        mean(a.get("date", "") != "" and a["date"][:10] != g["date"][:10] for a, g in pairs),
    ]


def phrases(data):
    for page in json.loads((data / "snippets/gold.json").read_text(encoding="utf-8")):
        yield data / "snippets" / page["file"], page["with"], page["without"]
    for folder in sorted((data / "whole").iterdir()):
        text = (folder / "expected.html").read_text(encoding="utf-8")
        paragraphs = re.findall(r"<p\b[^>]*>(.*?)</p>", text, re.DOTALL)
        plain_paragraphs = [plain(html.unescape(re.sub(r"<[^>]+>", "", p))) for p in paragraphs]
        yield folder / "source.html", [p for p in plain_paragraphs if p], []


def phrase_row(found, data):
    inside, outside = [], []
    for path, wanted, unwanted in phrases(data):
        body = plain(found.of(path).get("body", ""))
        inside += [plain(phrase) in body for phrase in wanted]
        outside += [plain(phrase) not in body for phrase in unwanted]
    return [mean(inside), mean(outside)]


def main():
    data = pathlib.Path(sys.argv[1])
    gold = [json.loads(line) for line in (data / "news-site/gold.jsonl").read_text(encoding="utf-8").split("\n") if line]
    print("| program | pages | F1 | title | title without slogan | date | date wrong | in | out | pages a second |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for argument in sys.argv[2:]:
        name, path = argument.split("=", 1)
        found = Found(path)
        speed = f"{found.pages / found.seconds:.0f}" if found.seconds else ""
        for kind, suffix in (("html", ".html"), ("dump", ".txt")):
            folder = data / "news-site" / kind
            if not any(found.of(folder / f"{g['id']}{suffix}") for g in gold):
                continue
            row = news_row(found, gold, folder, suffix)
            row += phrase_row(found, data) if kind == "html" else []
            cells = [f"{value:.3f}" for value in row] + [""] * (7 - len(row))
            print(f"| {name} | {kind} | " + " | ".join(cells) + f" | {speed} |")


main()
