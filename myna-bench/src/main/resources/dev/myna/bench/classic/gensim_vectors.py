"""The gensim side of VectorSpeed: learns one model and writes its vectors."""
import sys

from gensim.models import FastText, Word2Vec
from gensim.models.word2vec import LineSentence

kind, text, out, sample, seed = sys.argv[1:6]
options = dict(
    sentences=LineSentence(text),
    sg=0 if kind.endswith("cbow") else 1,
    vector_size=100,
    window=5,
    min_count=5,
    negative=5,
    sample=float(sample),
    epochs=5,
    workers=2,
    seed=int(seed),
    alpha={"skip_gram": 0.025, "cbow": 0.05}.get(kind, 0.05),
)
model = FastText(**options) if kind.startswith("fasttext") else Word2Vec(**options)
model.wv.save_word2vec_format(out)
