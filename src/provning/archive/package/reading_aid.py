"""LASMIG.txt: what lies in the package and how it is read when this program is no more."""

from provning.archive.package.parts import Package

TEXT = """\
BETYGSKATALOG, PRÖVNING I KOMMUNAL VUXENUTBILDNING
Paket {package_id}

Skolenhet: {unit}
Anordnare: {provider}
Huvudman:  {organiser}
Termin:    {term}
Del:       {part}

VAD SOM FINNS HÄR

METS.xml
    Innehållsförteckning: varje fil med storlek, tidpunkt och kontrollsumma (SHA-256).
    E-ARK CSIP och SIP 2.1.0, i Sverige FGS Paketstruktur 2.0.
representations/rep1/data/
    betygskatalog.xml        Alla betygsbeslut, ett element "beslut" för varje beslut. Också de som
                             har rättats eller ändrats finns kvar; galler="nej" och senare_betyg
                             säger vad som gäller i stället.
    betygskatalog-*.pdf      Katalogen som den skrevs ut, en fil för varje version (PDF/A-2a).
    betygskatalog-*.json     Det som dokumentet med samma namn gjordes av (UTF-8).
    *-undertecknad.pdf       Samma dokument med elektroniska underskrifter, när sådana finns.
    *-underskrift-*          Skannade blad med namnteckningar på papper, när sådana finns (PDF, PNG
                             eller JPEG, som de lämnades in).
    *-kontroll.json          Vad den senaste kontrollen av underskrifterna visade.
representations/rep1/schemas/ och schemas/
    Scheman (XML Schema 1.0) med förklaringar till betygskatalog.xml och beskrivning.xml.
metadata/descriptive/beskrivning.xml
    Vems handlingarna är, sekretess och bevarande.
metadata/preservation/premis.xml
    Filernas kontrollsummor och det som har hänt med dem (PREMIS 3.0).

SÅ KONTROLLERAS ATT INGET ÄR ÄNDRAT

Räkna ut SHA-256 för varje fil och jämför med CHECKSUM i METS.xml. Kontrollsummorna i
betygskatalog.xml gäller samma filer. Händelsekedjans kontrollsumma i beskrivning.xml är en länk i
den händelselogg som systemet förde; varje länk innehåller kontrollsumman av den före sig.

SÅ LÄSES FILERNA UTAN SYSTEMET

PDF/A är gjord för att kunna visas lika i all framtid. XML och JSON är text i UTF-8 och kan öppnas
med vilken textredigerare som helst. Personnummer skrivs med tolv tecken, datum som ÅÅÅÅ-MM-DD i
svensk tid, tidpunkter i UTC.
"""
PARTS = {False: "ordinarie del", True: "skyddade personer – sekretess, förvaras åtskilt"}


def reading_aid(package: Package) -> bytes:
    """Return the file."""
    head = package.head
    text = TEXT.format(
        package_id=package.package_id,
        unit=f"{head.unit} ({head.unit_code})" if head.unit_code else head.unit,
        provider=head.provider,
        organiser=head.organiser,
        term=head.term.label,
        part=PARTS[head.protected],
    )
    return text.encode()
