#!/usr/bin/env python3
"""Compares the figures of `limier eval` with those of trec_eval 9, by pytrec_eval, and of ir_measures.

  benchmarks/agreement.py LIMIER [--rounds N] [--seed N]     random judgments and runs, with ties, missing topics,
                                                            degrees below 0 and unjudged documents
  benchmarks/agreement.py LIMIER --write-golden FOLDER       writes the files that the tests read

Needs the Python packages pytrec_eval-terrier, ir_measures, cwl-eval and scipy; a virtual environment outside the
repository is the place for them. Exit status 1 where a figure differs.
"""
import argparse
import csv
import io
import math
import pathlib
import random
import subprocess
import sys
import tempfile

import ir_measures
import numpy
import scipy.stats

MEASURES = ["nDCG", "nDCG@1", "nDCG@10", "AP", "AP@5", "AP(rel=2)", "RR", "RR(rel=3)", "P@1", "P@5", "P(rel=2)@20",
            "R@5", "R@100", "R(rel=2)@10", "Success@1", "Success@5", "Success(rel=2)@10", "Rprec", "Rprec(rel=2)",
            "Bpref", "Bpref(rel=2)", "RBP(rel=1)", "RBP(rel=2,p=0.5)", "Judged@1", "Judged@10",
            "IPrec@0.0", "IPrec@0.1", "IPrec@0.5", "IPrec@0.9", "IPrec@1.0"]


def make_collection(random_):
    """Judgments and a run; a topic in eight has no answer, one in ten nothing that is relevant."""
    qrels, run = {}, {}
    for number in range(random_.randint(1, 30)):
        topic = f"t{number}"
        documents = [f"d{i}" for i in range(random_.choice([5, 20, 150]))]
        degrees = [0, 0, -1] if random_.random() < 0.1 else [-1, 0, 0, 0, 1, 1, 2, 3]
        judged = random_.sample(documents, random_.randint(1, len(documents)))
        qrels[topic] = {document: random_.choice(degrees) for document in judged}
        # trec_eval does not end where all degrees are below 0.
        qrels[topic][judged[0]] = max(0, qrels[topic][judged[0]])
        if random_.random() < 1 / 8:
            continue
        scores = random_.choice([[0.5, 1, 2], [23.123456, 23.123455, 23.1234551], [i / 7 - 2 for i in range(200)]])
        found = random_.sample(documents, random_.randint(1, len(documents)))
        run[topic] = {document: random_.choice(scores) for document in found}
    run["unknown"] = {"d1": 1.0}
    return qrels, run


def write(qrels, run, folder):
    with open(folder / "qrels.txt", "w") as out:
        for topic, judgments in qrels.items():
            for document, degree in judgments.items():
                out.write(f"{topic} 0 {document} {degree}\n")
    with open(folder / "press.run", "w") as out:
        for topic, ranking in run.items():
            for rank, (document, score) in enumerate(ranking.items(), 1):
                out.write(f"{topic} Q0 {document} {rank} {score!r} random\n")


def strictly_ranked(run):
    """The same ranking without ties: ir_measures' Judged and RBP break them in other ways than trec_eval."""
    ranked = {}
    for topic, scores in run.items():
        order = sorted(scores, key=lambda document: (numpy.float32(scores[document]), document), reverse=True)
        ranked[topic] = {document: float(len(order) - i) for i, document in enumerate(order)}
    return ranked


def expected(qrels, run):
    """(topic, measure) -> figure; what is missing is 0."""
    figures = {(topic, name): 0.0 for topic in qrels for name in MEASURES}
    names = {ir_measures.parse_measure(name): name for name in MEASURES}
    not_in_trec_eval = [measure for measure in names if measure.NAME in ("Judged", "RBP")]
    in_trec_eval = [measure for measure in names if measure not in not_in_trec_eval]
    for measures, answer in ((in_trec_eval, run), (not_in_trec_eval, strictly_ranked(run))):
        for metric in ir_measures.iter_calc(measures, qrels, answer):
            if metric.query_id in qrels:
                figures[metric.query_id, names[metric.measure]] = metric.value
    return figures


def limier_figures(limier, folder):
    command = [limier, "eval", "--samples", "1", "--qrels", folder / "qrels.txt", "--per-topic", "--format", "csv",
               "--measures", " ".join(MEASURES), folder / "press.run"]
    rows = csv.reader(io.StringIO(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    next(rows)
    return {(row[0], name): float(value) for row in rows for name, value in zip(MEASURES, row[2:])}


def compare(limier, rounds, seed):
    random_ = random.Random(seed)
    compared = differences = 0
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            qrels, run = make_collection(random_)
            write(qrels, run, folder)
            figures = limier_figures(limier, folder)
        for key, value in expected(qrels, run).items():
            compared += 1
            if f"{value:.4f}" != f"{figures[key]:.4f}" and not math.isclose(value, figures[key], abs_tol=1e-9):
                differences += 1
                print(f"{key[0]} {key[1]}: {figures[key]} here, {value} there", file=sys.stderr)
    print(f"seed {seed}: {compared} figures compared, {differences} differ")
    return differences


def compare_tests(limier, seed):
    """The t-test with SciPy's."""
    random_ = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        qrels = {f"t{i}": {f"d{j}": 1 for j in range(3)} for i in range(40)}
        runs = []
        for path in ("a.run", "b.run"):
            run = {topic: {f"d{j}": random_.random() for j in range(12)} for topic in qrels}
            write(qrels, run, folder)
            (folder / "press.run").rename(folder / path)
            runs.append(run)
        command = [limier, "eval", "--qrels", folder / "qrels.txt", "--measures", "AP", "--format", "csv",
                   folder / "a.run", folder / "b.run"]
        rows = list(csv.DictReader(io.StringIO(subprocess.run(command, check=True, capture_output=True, text=True).stdout)))
    values = [{m.query_id: m.value for m in ir_measures.iter_calc([ir_measures.AP], qrels, run)} for run in runs]
    p = scipy.stats.ttest_rel([values[1][t] for t in qrels], [values[0][t] for t in qrels]).pvalue
    print(f"t-test: {rows[1]['t_test']} here, {p} in SciPy")
    return 0 if math.isclose(float(rows[1]["t_test"]), p, rel_tol=1e-9) else 1


def write_golden(folder, seed):
    """Files small enough to read: judgments, a run, and the figures of both by topic and measure."""
    folder.mkdir(parents=True, exist_ok=True)
    qrels, run = make_collection(random.Random(seed))
    write(qrels, run, folder)
    with open(folder / "expected.tsv", "w") as out:
        for (topic, measure), value in expected(qrels, run).items():
            out.write(f"{topic}\t{measure}\t{value:.4f}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("limier")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--write-golden", type=pathlib.Path)
    options = parser.parse_args()
    if options.write_golden:
        return write_golden(options.write_golden, options.seed)
    return 1 if compare(options.limier, options.rounds, options.seed) + compare_tests(options.limier, options.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
