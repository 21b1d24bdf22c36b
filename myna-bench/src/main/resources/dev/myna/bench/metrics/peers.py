# Scores one system with the Python packages, once for each line read, and prints the seconds.
import gzip, json, sys, time

def lines(name):
    opened = gzip.open(name, "rt", encoding="utf-8", newline="\n") if name.endswith(".gz") else open(name, encoding="utf-8", newline="\n")
    return [line.rstrip() for line in opened]

hypotheses, references = lines(sys.argv[1]), lines(sys.argv[2])
jobs = {}
try:
    import sacrebleu
    jobs["bleu"] = lambda: sacrebleu.BLEU().corpus_score(hypotheses, [references]).score
    jobs["chrf"] = lambda: sacrebleu.CHRF().corpus_score(hypotheses, [references]).score
    jobs["chrf++"] = lambda: sacrebleu.CHRF(word_order=2).corpus_score(hypotheses, [references]).score
    jobs["ter"] = lambda: sacrebleu.TER().corpus_score(hypotheses, [references]).score
except ImportError:
    pass
try:
    from rouge_score import rouge_scorer
    def rouge():
        scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL", "rougeLsum"], use_stemmer=True)
        scores = [scorer.score(r, h)["rougeL"].fmeasure for h, r in zip(hypotheses, references)]
        return 100 * sum(scores) / len(scores)
    jobs["rouge"] = rouge
except ImportError:
    pass
print("ready", flush=True)
for _ in sys.stdin:
    result = {}
    for name, job in jobs.items():
        start = time.perf_counter()
        value = job()
        result[name] = [time.perf_counter() - start, value]
    print(json.dumps(result), flush=True)
