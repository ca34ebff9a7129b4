"""What the pure rooms say, and the journal keeps, in English: said to a person in the language that he reads.

The rooms that read receipts and mint codes know no languages, and a reason that was stored must mean the same in ten
years. So the words stay as they are until they are shown; `said` looks them up there.
"""

from __future__ import annotations

from typing import Final

from receiptbridge.rewording import reworded
from receiptbridge.words import N_, _

KINDS: Final = (
    N_("sale"), N_("refund"), N_("void"), N_("duplicate"), N_("kitchen"), N_("report"), N_("training"),
    N_("merchant_copy"), N_("voucher"), N_("other"),
)  # fmt: skip
METHODS: Final = (
    N_("cash"), N_("card"), N_("wechat"), N_("alipay"), N_("unionpay"), N_("stored_value"),
)  # fmt: skip
WHY_NO_TOTAL: Final = (
    N_("amounts are written in two styles, or in one that may be thousands or thousandths"),
    N_("the total {amount} has more decimals than {currency}"),
    N_("longer than {count} lines"),
    N_("printed as a picture"),
    N_("nothing is printed"),
    N_("a {kind} has no total to pay"),
    N_("a line of it may say that it is no sale ({kind})"),
    N_("nothing says that it was paid"),
    N_("no amount is labelled as a total"),
    N_("more than {count} different totals"),
    N_("nothing confirms the total {amount}"),
    N_("nothing is left to pay, but something was paid"),
    N_("the payments do not come to the total {amount}"),
    N_("only a payment says that {amount} is the total"),
    N_("something is paid above {amount} already"),
    N_("something is taken off or added below the total {amount}"),
    N_("two totals: {one} and {other}"),
    N_("no total was read"),
)
WHY_NO_CODE: Final = (
    N_("not a sale but {kind}"),
    N_("a reprint without a receipt number"),
    N_("a reprint, and no sale of this lane is surely the one that it is of"),
    N_("a reprint of sale {number}, which got no code"),
    N_("the sale is in {currency}, the earn rule in {other}"),
    N_("no code for how it was paid"),
    N_("the sale earns no points"),
    N_("the box is not enrolled"),
    N_("the lane only observes"),
    N_("the cut came in pieces"),
    N_("no token was made"),
    N_("committed too late for the paper"),
    N_("more came behind the cut than may be held"),
    N_("the journal took too long"),
    N_("the lane was interrupted"),
    N_("page mode"),
    N_("a macro is being recorded"),
    N_("the printer is deselected"),
    N_("user settings are being changed"),
    N_("Star raster mode"),
    N_("the symbol that the register stored in the printer is too long to be sent again"),
    N_("the printer's maker gave these commands another meaning"),
    N_("a command of the printer's maker set {what}"),
    N_("no command sets {what} to what is needed"),
    N_("no block is made for a printer whose dialect is opaque"),
)
WHY_PASSED_THROUGH: Final = (
    N_("fault in the core"),
    N_("the bypass is on"),
    N_("the lane stops"),
    N_("the printer was switched off and on"),
    N_("this stream is not ESC/POS"),
    N_("the last job ended in the middle of a command"),
    N_("the printer was lost"),
    N_("the register was lost"),
    N_("the printer was lost ({where})"),
    N_("the register was lost ({where})"),
)
WHY_NOT_LEARNT: Final = (
    N_("{count} samples are given, at least {fewest} are needed"),
    N_("{file} holds the same bytes as {other}; every sample must be a sale of its own"),
    N_("all samples have the total {amount}; take sales of different totals"),
    N_("{file} has no text: it is printed as a picture, which no profile can read"),
    N_("the total {amount} is nowhere on {file}; is it the right total, and the right file?"),
    N_("no label stands before the total on all samples ({labels})"),
    N_("the samples are sales of one thing, whose own line carries the total too; take sales of several"),
    N_(
        "{one} and {other} both stand before the total on all samples; take a sale paid in cash with"
        " change, and one with a discount"
    ),
    N_("with {kind} {text} for the total, {fault}"),
    N_("{file} would be read as {amount} instead of {total}"),
    N_(
        "{file} has no total: {reason} (--only-paid says that this register prints no bill before it is paid)"
    ),
    N_("{file} has no total: {reason}"),
    N_("it is a {kind}"),
)
CONTROL: Final = (
    N_("{count} others are asking already"),
    N_("a question has at most {count} bytes"),
    N_("asked what is none of: {operations}"),
    N_("this connection is being answered already; open another"),
    N_("{key} is another: that needs a restart; nothing was changed"),
    N_("this lane was started without a configuration file"),
    N_("a receipt is under way"),
    N_("the register is printing"),
    N_("what state the printer is in is not known before the next job"),
    N_("the printer is {condition}"),
    N_("the printer was lost in the middle of it"),
    N_("the printer stopped in the middle of it; it prints the rest when it goes on"),
    N_("Try again when the register prints nothing."),
    N_("the page has {count} bytes, at most {most} may go to this printer"),
    N_("the last line of the page is not ended"),
    N_("the page may not hold {what}"),
    N_("the page ends in the middle of a command"),
    N_("the printer's store of symbols could not be put back; send the code as a picture"),
)

_FORMS: Final = {
    form: form
    for forms in (
        KINDS, METHODS, WHY_NO_TOTAL, WHY_NO_CODE, WHY_PASSED_THROUGH, WHY_NOT_LEARNT, CONTROL,
    )
    for form in forms
}  # fmt: skip


def said(text: str) -> str:
    """A stored word or reason as a person reads it; what is none of ours stays as it is."""
    return _(reworded(text, _FORMS))
