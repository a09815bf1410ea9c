"""Scores what programs took for the articles of pages, as a Markdown table.

    score_extraction.py DATA/extract NAME=FOUND.jsonl[,FOUND.jsonl...]...

A FOUND.jsonl a pass has an object a page (path or id, title, date, body) and one with the CPU seconds (seconds, pages).
The first NAME is compared with the others on the same pages: how many times as many pages a second, pass by pass.

news-site: F1 of the words of lead and text; the gold text glues paragraphs, so words are runs of letters and digits.
Titles are compared as they are, and without the slogan that the site puts behind those of one section.
snippets, whole: phrases that have to be in the text, and phrases that must not be.
"""

import collections
import html
import json
import pathlib
import re
import statistics
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


def name_of(path):
    return "/".join(pathlib.Path(path).parts[-2:])


class Found:
    def __init__(self, paths):
        self.articles, self.speeds = {}, []
        for path in paths:
            for line in pathlib.Path(path).read_text(encoding="utf-8").split("\n"):
                entry = json.loads(line) if line else {}
                if "seconds" in entry:
                    self.speeds.append(entry["pages"] / entry["seconds"])
                elif entry:
                    self.articles[name_of(entry.get("path") or entry["id"])] = entry

    def of(self, path):
        return self.articles.get(name_of(path), {})


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
    programs = []
    for argument in sys.argv[2:]:
        name, paths = argument.split("=", 1)
        found = Found(paths.split(","))
        for kind, suffix in (("html", ".html"), ("dump", ".txt")):
            folder = data / "news-site" / kind
            if not any(found.of(folder / f"{g['id']}{suffix}") for g in gold):
                continue
            row = news_row(found, gold, folder, suffix)
            row += phrase_row(found, data) if kind == "html" else []
            cells = [f"{value:.3f}" for value in row] + [""] * (7 - len(row))
            print(f"| {name} | {kind} | " + " | ".join(cells) + f" | {statistics.median(found.speeds):.0f} |")
            if kind == "html":
                programs.append((name, found))
    first, own = programs[0]
    print()
    for name, other in programs[1:]:
        times = sorted(a / b for a, b in zip(own.speeds, other.speeds))
        print(f"{first} reads {statistics.median(times):.0f} times as many pages a second as {name} "
              f"({times[0]:.0f} to {times[-1]:.0f}).")


main()
