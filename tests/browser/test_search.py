"""Thirty plain questions, each of which has its page among the first three that the site's search finds."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from .conftest import Watched

QUESTIONS = {
    "how do I install it": {"index"},
    "get started with a first model": {"how-to/first-steps"},
    "count the parameters of an LSTM": {"threads/cudnn-lstm", "questions", "reference/formulas", "threads/formulas-by-hand"},
    "why does my GRU have more parameters than I counted": {"threads/bidirectional-gru", "questions", "explanation/surprises"},
    "difference between CuDNNLSTM and LSTM": {"threads/cudnn-lstm"},
    "what does TimeDistributed do": {"threads/time-distributed"},
    "formula of multi-head attention": {"reference/formulas", "gallery", "explanation/surprises"},
    "write my own transformer": {"how-to/a-transformer-in-letters"},
    "load a pytorch model": {"how-to/torch-module"},
    "state dict": {"how-to/torch-module"},
    "safetensors": {"how-to/torch-module", "how-to/config-json", "security"},
    "read a keras h5 file": {"how-to/keras-model"},
    "hugging face config.json": {"how-to/config-json"},
    "KV cache of a Llama model": {"how-to/config-json", "gallery"},
    "LoRA parameters": {"how-to/config-json", "gallery", "questions"},
    "active parameters of a mixture of experts": {"how-to/config-json", "gallery"},
    "paste model.summary()": {"how-to/pasted-summary", "live"},
    "torchinfo": {"explanation/other-tools", "how-to/pasted-summary"},
    "is my formula correct": {"how-to/check-a-formula"},
    "largest model under a budget": {"how-to/find-sizes"},
    "latex table for my paper": {"how-to/latex-for-a-paper"},
    "plot the growth of parameters": {"how-to/pictures", "gallery"},
    "what does the letter k mean": {"reference/letters"},
    "non-trainable parameters of batch normalization": {"explanation/surprises", "questions"},
    "does it count FLOPs": {"explanation/left-out", "explanation/other-tools"},
    "is it safe to open a file from a stranger": {"security"},
    "how to cite": {"cite"},
    "add a new layer": {"how-to/add-a-layer"},
    "command line json output": {"how-to/command-line"},
    "proved for all sizes": {"explanation/proofs"},
    "keras versus pytorch layers": {"reference/across-frameworks"},
}


@pytest.fixture(scope="module")
def search(browser, site):
    watched = Watched(browser, site)
    yield watched.page
    assert watched.outside == [] == watched.complaints
    watched.context.close()


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_finds_its_page(search, site, question):
    search.goto(f"{site}search.html?q={quote(question)}")
    search.wait_for_function(
        "document.querySelector('#search-results h2 ~ p[role=status], #search-results .search-summary')?.textContent.includes('finished')"
    )
    links = search.locator("#search-results ul.search li > a").evaluate_all("found => found.map(its => its.getAttribute('href'))")
    first = [link.partition(".html")[0] for link in links][:3]
    assert QUESTIONS[question] & set(first), first
