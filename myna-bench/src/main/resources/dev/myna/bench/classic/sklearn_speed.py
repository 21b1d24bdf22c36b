"""The scikit-learn side of ClassicSpeed: reads names of tasks, answers seconds."""
import gzip
import sys
import time

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import BernoulliNB, ComplementNB, MultinomialNB
from sklearn.svm import LinearSVC


def read(path, encoding="utf-8"):
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding=encoding, newline="\n") as file:
        return [line.rstrip("\n") for line in file]


folder = sys.argv[1]
wiki = read(folder + "/wikitext-2/train.txt.gz")
chinese = [line.split("\t", 1) for line in read(folder + "/chnsenticorp/train.tsv.gz")[1:]]
trec = [line.split(" ", 1) for line in read(folder + "/trec6/TREC.train.all", "latin-1")]
sst = [line.split("\t", 1) for line in read(folder + "/sst2/train.tsv")]
data = {
    "chnsenticorp": ([t for _, t in chinese], [int(l) for l, _ in chinese], dict(analyzer="char", ngram_range=(1, 2))),
    "trec6": ([t for _, t in trec], [int(l) for l, _ in trec], dict(ngram_range=(1, 2))),
    "sst2": ([t for t, _ in sst], [int(l) for _, l in sst], dict(ngram_range=(1, 2))),
}
fitted = {name: (TfidfVectorizer(**o).fit_transform(t), y) for name, (t, y, o) in data.items()}
fitters = {
    "multinomial": MultinomialNB,
    "bernoulli": BernoulliNB,
    "complement": ComplementNB,
    "svm": LinearSVC,
    "logistic": lambda: LogisticRegression(max_iter=1000),
}


def run(task):
    kind, name = task.split(" ")
    if kind == "tfidf-words":
        TfidfVectorizer().fit_transform(wiki)
    elif kind == "tfidf-bigrams":
        TfidfVectorizer(ngram_range=(1, 2)).fit_transform(wiki)
    elif kind == "tfidf-chars":
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4)).fit_transform(data["sst2"][0])
    else:
        x, y = fitted[name]
        fitters[kind]().fit(x, y)


print("ready", flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    run(line.strip())
    print(time.perf_counter() - start, flush=True)
