"""The names of what happens to grade catalogues."""

from provning.audit.registry import register_event

CATALOGUE_MADE = register_event(
    "catalogue_made", "Betygskatalogen för {unit} {term} skrevs: {documents}."
)
CATALOGUE_ORDERED = register_event(
    "catalogue_ordered", "Betygskatalogen för {unit} {term} beställdes."
)
CATALOGUE_ORDER_FINISHED = register_event(
    "catalogue_order_finished", "Beställningen av betygskatalogen för {unit} {term}: {outcome}."
)
CATALOGUE_SIGNED = register_event(
    "catalogue_signed", "Underskrifter i {document} registrerades: {signers}."
)
SIGNATURE_WITHDRAWN = register_event(
    "catalogue_signature_withdrawn", "Underskriften av {signer} i {document} togs tillbaka."
)
CATALOGUE_COPIED = register_event(
    "catalogue_copied", "Kopia {number} av {document} skrevs: originalet har förkommit."
)
ELECTRONIC_SIGNING_ORDERED = register_event(
    "catalogue_electronic_signing_ordered", "{signer} begärde att få underteckna {document}."
)
ELECTRONIC_SIGNING_FINISHED = register_event(
    "catalogue_electronic_signing_finished",
    "Den elektroniska underskriften av {signer} i {document}: {outcome}.",
)
CATALOGUE_SEALED = register_event(
    "catalogue_sealed", "{document} förseglades: alla har skrivit under."
)
SIGNATURES_CHECKED = register_event(
    "catalogue_signatures_checked", "Underskrifterna i {document} kontrollerades: {outcome}."
)
