"""The e-archive package: E-ARK CSIP and SIP 2.1.0 (FGS Paketstruktur 2.0), pure and to the byte."""
