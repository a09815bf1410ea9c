#!/usr/bin/env python3
"""Makes a folder that quality.sh measures of a collection in SQuAD's form.

    benchmarks/squad.py FILE.json DATA/ir/NAME

Documents, their ids and what is relevant are those of `limier bench FILE.json`: a paragraph is a document, a question a
topic whose only relevant document is the paragraph that it was asked of. Exits with 2 where FILE is not in this form.
"""

import json
import pathlib
import sys


def convert(articles, folder):
    folder.mkdir(parents=True, exist_ok=True)
    names = ("docs.jsonl", "queries.tsv", "qrels.txt")
    documents, topics, judgments = (open(folder / name, "w", encoding="utf-8") for name in names)
    with documents, topics, judgments:
        for a, article in enumerate(articles, 1):
            for p, paragraph in enumerate(article["paragraphs"], 1):
                document = {"id": f"{a}-{p}", "title": article.get("title", ""), "text": paragraph["context"]}
                print(json.dumps(document, ensure_ascii=False), file=documents)
                for q, asked in enumerate(paragraph["qas"], 1):
                    if asked.get("is_impossible"):
                        continue
                    print(f"{a}-{p}-{q}", " ".join(asked["question"].split()), sep="\t", file=topics)
                    print(f"{a}-{p}-{q} 0 {a}-{p} 1", file=judgments)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            collection = json.load(file)
        convert(collection["data"], pathlib.Path(sys.argv[2]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"squad.py: {sys.argv[1]}: {error!r}", file=sys.stderr)
        sys.exit(2)


main()
