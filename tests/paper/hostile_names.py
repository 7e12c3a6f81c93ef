"""Names that want more than to be printed."""

from __future__ import annotations

from itertools import product

PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
WANTING = [
    r"\input{secret.txt}", r"\input secret.txt", r"\input{secret}", r"\include{secret}", r"\openin0=secret.txt \read0 to\x \x",
    r"\InputIfFileExists{secret.txt}{}{}", r"\csname input\endcsname secret.txt ", r"\begingroup\input{secret.txt}\endgroup",
    r"\write18{cat secret.txt}", r"\immediate\write18{touch pwned}", r"\openout1=pwned.txt", r"\immediate\openout1=pwned.tex",
    r"|cat secret.txt", r'\input{|"cat secret.txt"}', r"\directlua{os.execute('touch pwned')}", r"\ShellEscape{touch pwned}",
    r"\def\x{\x}\x", r"\loop\iftrue\repeat", r"\catcode`\%=12", r"\catcode123=12", r"\let\text=\input", r"\renewcommand\text{}",
    r"\end{document}", r"\end", r"\stop", r"\bye", r"\endinput", r"\begin{verbatim}", r"\verb|x|", r"\iffalse", r"\fi", r"\else",
    r"\scantokens{\input{secret.txt}}", r"\expandafter\input\expandafter{secret.txt}", r"\special{ps: x}", r"\pdfximage{secret.txt}",
    r"\includegraphics{secret.txt}", r"\lstinputlisting{secret.txt}", r"\verbatiminput{secret.txt}", r"\usepackage{shellesc}",
    r"\jobname", r"\meaning\input", r"\string\input", r"\the\everyjob", r"\errmessage{x}", r"\batchmode", r"\errorstopmode",
    r"\frac{1}", r"\left(", r"\right)", r"\\", "\\", "\\\\\\", r"\{", r"\}", r"\$", r"\%", r"\text{", r"\text{}", r"}\input{secret.txt}{",
    r"}}\input{secret.txt}{{", r"x}_{\input{secret.txt}", r"$\input{secret.txt}$", r"$$", r"$", r"$x$", r"\(x\)", r"\[x\]", r"\]",
    "^^M", "^^5cinput{secret.txt}", "^^5c", "^^00", "^^^^005c", "^^7f", "^", "^^", "^^^", "a^b^c", "a_b_c", "_", "__", "a__b", "_a",
    "a_", "%", "%\n", "a%b", "%}", "#", "##1", "#1", "&", "a&b", "~", "a~b", "{", "}", "{}", "}{", "{{", "}}", '"', "'", "`", "``",
    "<", ">", "|", "--", "---", "?`", "!`", "fi", "ffl", " ", "  ", "a b", " a", "a ", "\t", "\n", "\n\n", "\r", "\r\n", "a\nb",
    "\x00", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x80", "\x9f", "\xa0", "\xad",
    "é", "ß", "ü", "μ", "θ", "Ω", "η_1", "d_θ", "aηb", "\u0391", "Д", "ह", "中", "한", "א", "ع", "ﬁ", "\u2113", "∞", "√", "…", "\u2013", "\u2019", "«", "½", "\u2028", "\u2029",
    "\u200b", "\u200d", "\u202e", "\ufeff", "\ufffd", "\ufffe", "e\u0301", "🙂", "👩‍👩‍👧", "\U0001d4b3", "\U0010ffff", "ⓝ", "\u0007a",
    "alpha", "beta_1", "Gamma", "ell", "n_", "n_alpha", "n1", "n_12", "n_1_2", "d_model", "d_ff_1", "xscr", "gatebar", "gatehat", "local",
    "input", "text", "left", "par", "end", "relax", "lambda", "I", "E", "pi", "S", "N", "O", "Q", "None", "before", "after", "P",
    "a" * 300, "_" * 50, "\\" * 50, "{" * 50, "$" * 51, r"\input{secret.txt}" * 20, "1", "1a", "-1", "n+1", "n*m", "2**n", "f(x)",
]  # fmt: skip
HOSTILE = [*dict.fromkeys([*WANTING, *PRINTABLE, *(f"a{character}b" for character in PRINTABLE), *(f"n_{c}" for c in PRINTABLE)])]
READABLE = [
    r"\input{secret.txt}",
    r"\write18{cat secret.txt}",
    r"\end{document}",
    "^^5cinput{secret.txt}",
    "a%b",
    "#1",
    "a&b",
    "{}",
]

# Two hostile pieces side by side can be what neither is alone: more than two thousand of them, each wherever a name may stand.
PAIRED = [
    "\\", r"\input", "{secret.txt}", "{", "}", "$", "$$", "^^", "5c", "^", "_", "%", "#", "&", "~", "\n", " ", "\x00", "é", "🙂", "n", "1",
    r"\end{align*}", r"\begin{align}", r"\label{x}", r"\tag{1}", r"\\", r"\notag", r"\num{1}", r"\text{a}", r"\underbrace{a}_{b}",
    r"\left(", r"\right)", r"\bigl(", r"\right.", r"\item", r"\hline", r"\toprule", r"\caption{x}", r"\end{table}", r"\&", r"\]", r"\[",
    r"\write18{id}", r"\csname", r"\endcsname", "'", '"', "`",
]  # fmt: skip
PAIRS = [*dict.fromkeys(f"{one}{other}" for one, other in product(PAIRED, repeat=2))]
