"""Heads and totals of tables in other languages, as translated pages have them, and the shapes that fastai 2 prints above its rows."""

# ruff: noqa: RUF001  (other scripts are what this file is about)

from __future__ import annotations

import re

WORDS = {  # the words of a table in English, and those that translators put in their place
    "Layer (type)": (
        r"层[ ]?[（(](?:类型|种类)[)）]|層[ ]?[（(](?:類型|タイプ|型)[)）]|(?:レイヤー?|レイヤ)[ ]?[（(](?:タイプ|型|種類|type)[)）]|(?:레이어|계층)[ ]?[（(](?:유형|타입|type)[)）]"
        r"|Capa \((?:tipo|type)\)|Camada \((?:tipo|type)\)|Couche \(type\)|Schicht \((?:Typ|type)\)|Слой \((?:тип|type)\)|Livello \(tipo\)|Lớp \((?:loại|kiểu)\)|Katman \((?:tür|tip)\)"
    ),
    "Output Shape": (
        r"输出(?:形状|尺寸|维度)|輸出形狀|出力(?:形状|シェイプ|の形状)|출력 ?(?:형태|모양|크기)|Forma de (?:salida|saída)|Formato de (?:salida|saída)|Forme de (?:la )?sortie|Ausgabeform"
        r"|(?:Выходная форма|Форма выхода)|Forma (?:di|dell')? ?output|Hình dạng đầu ra|Çıktı (?:Şekli|şekli)"
    ),
    "Param #": r"参数(?:数量|个数|数|量)?(?: ?#)?|參數(?:數量|量)?(?: ?#)?|パラメータ(?:ー)?(?:数| ?#)?|(?:파라미터|매개변수)(?: ?(?:수|#))?|Par[áa]m(?:etros|\.)? ?#|N[úu]m(?:ero de|\.) par[áa]metros|Nombre de paramètres|Paramètres ?#|Параметр(?:ы|ов)? ?#|Кол-во параметров|Parametri ?#|Parameter ?#|Anzahl Parameter|Parametre ?#|Số tham số",
    "Total params:": r"(?:总参数|参数总数|总计参数|总参数量|全部参数)(?:数量|数|量)?[ ]?[:：]|總參數(?:量)?[:：]|(?:合計|総)パラメータ(?:数)?[:：]|총 ?(?:파라미터|매개변수)(?: ?수)?[:：]|(?:Total de par[áâa]metros|Par[áa]metros totales) ?:|Paramètres totaux ?:|Всего параметров ?:|Gesamtparameter ?:|Parameter gesamt ?:|Parametri totali ?:|Toplam parametre(?:ler)? ?:|Tổng (?:số )?tham số ?:|Общее (?:количество|число) параметров ?:|Nombre total de paramètres ?:",
    "Trainable params:": r"(?:可训练|训练)(?:的)?参数(?:数量|量)?[ ]?[:：]|学習可能(?:な)?パラメータ(?:数)?[:：]|(?:훈련|학습) ?가능한 ?(?:파라미터|매개변수)[:：]|Par[áa]metros entrenables ?:|Par[âa]metros treináveis ?:|Trainierbare Parameter ?:|Paramètres entra[iî]nables ?:|Parametri addestrabili ?:|Eğitilebilir parametreler ?:|Обучаемые параметры ?:|Обучаемых параметров ?:",
    "Non-trainable params:": r"(?:不可训练|非训练|非可训练)(?:的)?参数(?:数量|量)?[ ]?[:：]|学習(?:不可能|対象外)(?:な)?パラメータ(?:数)?[:：]|(?:훈련|학습) ?불가능한 ?(?:파라미터|매개변수)[:：]|Par[áa]metros no entrenables ?:|Par[âa]metros não treináveis ?:|Nicht[ -]trainierbare Parameter ?:|Paramètres non entra[iî]nables ?:|Parametri non addestrabili ?:|Eğitilemez parametreler ?:|Необучаемые параметры ?:|Необучаемых параметров ?:",
}  # fmt: skip
# The totals first: the word for parameters is part of them.
PATTERNS = {english: re.compile(pattern, re.IGNORECASE) for english, pattern in reversed(WORDS.items())}
HEAD = PATTERNS["Layer (type)"]
SHAPE_LINE = re.compile(r"^[\s>]*(\d+(?: x \d+)+)\s*$")
ROW = re.compile(r"^([\s>]*)([A-Z]\w*)(?: {2,}([\d,]*) *(True|False)?)?\s*$")


def with_english_words(text: str) -> str:
    """The text with the words of its tables in English, where it has a head in another language."""
    if text.isascii() and not HEAD.search(text):
        return text
    if not HEAD.search(text):
        return text
    for english, pattern in PATTERNS.items():
        text = pattern.sub(english, text)
    return text


def with_shapes_in_rows(lines: list[str]) -> list[str]:
    """The rows of fastai 2 with the shape that is printed once above several of them, up to the next ruler."""
    if not any("Layer (type" in line for line in lines) or not any(map(SHAPE_LINE.match, lines)):
        return lines
    found: list[str] = []
    shape = ""
    for line in lines:
        match, row = SHAPE_LINE.match(line), ROW.match(line)
        if match is not None:
            shape = f"[{match[1].replace(' x ', ', ')}]"
        elif row is not None and shape:
            found += [f"{row[1]}{row[2]:20} {shape:20} {row[3] or '0':10} {row[4] or 'False'}", ""]
        else:
            found.append(line)
            shape = "" if not line.strip("_= \t>") else shape
    return found
