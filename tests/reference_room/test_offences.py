"""The offence table against offences read by hand in the Home Office's list."""

from __future__ import annotations

import pytest

from dapipeline.reference import tables

# code, what it is, family, subgroup
BY_HAND = """
00101 murder of a person aged 1 or over             | homicide | homicide
00102 murder of an infant under 1                   | homicide | homicide
00401 manslaughter                                  | homicide | homicide
00402 infanticide                                   | homicide | homicide
00405 manslaughter, diminished responsibility       | homicide | homicide
00407 causing or allowing the death of a child      | homicide | violence_with_injury
00200 attempted murder                              | violence | attempted_murder
00301 threats to kill                               | violence | violence_without_injury
00302 conspiracy to murder                          | violence | violence_without_injury
00501 wounding with intent to do GBH (s.18)         | violence | violence_with_injury
00504 attempt to choke or suffocate                 | violence | violence_with_injury
00510 administering poison, endangering life        | violence | violence_with_injury
00801 wounding or GBH without intent (s.20)         | violence | violence_with_injury
00806 assault occasioning ABH (s.47)                | violence | violence_with_injury
00840 religiously aggravated wounding or GBH        | violence | violence_with_injury
00842 religiously aggravated common assault         | violence | violence_without_injury
00852 female genital mutilation                     | violence | violence_with_injury
00864 threatening with a blade in public            | violence | weapon_possession
00873 assault of an emergency worker                | violence | violence_without_injury
00877 intentional strangulation                     | violence | violence_with_injury
03601 kidnapping                                    | violence | violence_without_injury
03603 false imprisonment                            | violence | violence_without_injury
09925 holding a person in slavery                   | violence | violence_without_injury
10423 assault on a constable                        | violence | violence_without_injury
10501 common assault and battery                    | violence | violence_without_injury
01908 rape of a female aged 16 or over              | sexual | rape
01912 attempted rape of a female aged 16 or over    | sexual | rape
01916 rape of a female child under 13               | sexual | rape
02003 assault on a female by penetration            | sexual | other_sexual_offences
02005 sexual assault on a female                    | sexual | other_sexual_offences
02206 sexual activity with a girl under 16          | sexual | other_sexual_offences
02204 causing sexual activity without consent       | sexual | other_sexual_offences
00871 disclosing private sexual photographs         | sexual | stalking_and_harassment
08612 extreme pornography, serious injury           | sexual | miscellaneous
08809 exposure                                      | sexual | other_sexual_offences
08810 voyeurism                                     | sexual | other_sexual_offences
08815 sharing an intimate photograph                | sexual | other_sexual_offences
00830 putting people in fear of violence            | stalking_harassment | stalking_and_harassment
00850 racially aggravated harassment                | stalking_harassment | stalking_and_harassment
00865 stalking involving fear of violence           | stalking_harassment | stalking_and_harassment
00866 stalking, serious alarm or distress           | stalking_harassment | stalking_and_harassment
00872 sending a threatening letter or message       | stalking_harassment | stalking_and_harassment
12568 harassment of a person in his home            | stalking_harassment | stalking_and_harassment
19512 stalking, course of conduct                   | stalking_harassment | stalking_and_harassment
19541 Malicious Communications Act 1988 s.1         | stalking_harassment | stalking_and_harassment
19594 harassment                                    | stalking_harassment | stalking_and_harassment
00867 controlling or coercive behaviour             | controlling_coercive | stalking_and_harassment
01103 cruelty to or neglect of children             | child_vulnerable | violence_without_injury
01200 abandoning a child under two                  | child_vulnerable | violence_without_injury
01301 abduction of a child by a parent              | child_vulnerable | violence_without_injury
09806 ill-treating a person lacking capacity        | child_vulnerable | miscellaneous
00411 serious physical harm to a child              | child_vulnerable | violence_with_injury
10903 ill-treatment or neglect of a child           | child_vulnerable | violence_without_injury
05601 arson endangering life                        | criminal_damage | arson
05602 arson not endangering life                    | criminal_damage | arson
05800 other criminal damage                         | criminal_damage | criminal_damage
14900 criminal damage of 5,000 pounds or less       | criminal_damage | criminal_damage
05911 threat to commit criminal damage              | criminal_damage | miscellaneous
02803 other burglary in a dwelling                  | acquisitive | residential_burglary
03002 burglary other than in a dwelling             | acquisitive | non_residential_burglary
03401 robbery                                       | acquisitive | robbery_personal
03500 blackmail                                     | acquisitive | other_theft
03900 stealing from the person                      | acquisitive | theft_from_person
04000 stealing in a dwelling                        | acquisitive | other_theft
04400 stealing pedal cycles                         | acquisitive | bicycle_theft
04510 stealing from motor vehicles                  | acquisitive | vehicle_offences
04600 shoplifting                                   | acquisitive | shoplifting
04801 stealing a motor vehicle                      | acquisitive | vehicle_offences
05325 making off without payment                    | acquisitive | other_theft
05340 fraud by false representation                 | acquisitive | other_theft
05401 receiving stolen goods                        | acquisitive | miscellaneous
13001 unauthorised taking of a motor vehicle        | acquisitive | vehicle_offences
09230 supplying a controlled drug, class A          | drugs | drug_trafficking
09250 possession of cocaine                         | drugs | drug_possession
09261 possession of cannabis                        | drugs | drug_possession
09281 possession of cannabis with intent to supply  | drugs | drug_trafficking
00811 possession of an offensive weapon             | weapons | weapon_possession
00826 article with blade or point in public         | weapons | weapon_possession
08104 shotgun without certificate                   | weapons | weapon_possession
19721 offensive weapon in a private place           | weapons | weapon_possession
06601 affray                                        | public_order | public_order
06500 violent disorder                              | public_order | public_order
12509 intentional harassment, alarm or distress     | public_order | public_order
12511 fear or provocation of violence               | public_order | public_order
12512 harassment, alarm or distress (s.5)           | public_order | public_order
00849 aggravated harassment, alarm or distress      | public_order | public_order
10433 resisting or obstructing a constable          | public_order | public_order
14101 drunk and disorderly                          | public_order | public_order
00829 breach of an injunction against harassment    | breach | stalking_and_harassment
00831 breach of a restraining order                 | breach | stalking_and_harassment
00874 breach of a stalking order                    | breach | stalking_and_harassment
06608 breach of a sexual offences prevention order  | breach | public_order
06638 breach of restraining order on acquittal      | breach | public_order
06639 breach of a non-molestation order             | breach | public_order
06697 breach of forced marriage protection order    | breach | public_order
06698 breach of a criminal behaviour order          | breach | public_order
06819 breach of domestic abuse protection order     | breach | miscellaneous
07901 perverting the course of justice              | breach | miscellaneous
07904 intimidating a witness                        | breach | miscellaneous
08000 absconding from lawful custody                | breach | miscellaneous
08301 absconding on bail                            | breach | miscellaneous
08306 unlawfully at large after recall              | breach | miscellaneous
19566 breach of licence conditions                  | breach | miscellaneous
99701 breach of domestic violence protection order  | breach | miscellaneous
00404 death by dangerous driving                    | motoring | death_or_serious_injury_driving
00412 serious injury by dangerous driving           | motoring | death_or_serious_injury_driving
80302 driving over the alcohol limit                | motoring | summary_motoring
80701 driving whilst disqualified                   | motoring | summary_motoring
80901 driving without insurance                     | motoring | summary_motoring
16100 allowing a chimney to be on fire              | regulatory | regulatory
19101 television licence evasion                    | regulatory | regulatory
10829 unnecessary suffering of an animal            | regulatory | miscellaneous
11203 failure to secure school attendance           | regulatory | regulatory
00000 invalid offence                               | other | miscellaneous
02600 bigamy                                        | other | miscellaneous
"""
CASES = [
    tuple(part.strip() for part in (line[:6], line[6:].split("|")[0], *line[6:].split("|")[1:]))
    for line in BY_HAND.strip().splitlines()
]


@pytest.fixture(scope="module")
def offences():
    return tables.offences().set_index("code")


@pytest.mark.parametrize(("code", "what", "family", "subgroup"), CASES)
def test_family_and_subgroup_by_hand(offences, code, what, family, subgroup):
    assert tuple(offences.loc[code, ["family", "subgroup"]]) == (family, subgroup), what


def test_hand_checked_codes_touch_every_family():
    assert {case[2] for case in CASES} == set(tables.FAMILIES)


def test_every_code_once_five_digits_sorted():
    codes = tables.offences()["code"]
    assert len(codes) == 3039
    assert codes.is_unique
    assert codes.is_monotonic_increasing
    assert codes.str.fullmatch(r"[0-9]{5}").all()


def test_only_known_families_and_subgroups():
    offences = tables.offences()
    assert set(offences["family"]) == set(tables.FAMILIES)
    assert set(offences["subgroup"]) <= set(tables.subgroups()["subgroup"])


def test_regulatory_subgroups_hold_no_crime():
    offences = tables.offences()
    light = offences[offences["subgroup"].isin(["summary_motoring", "regulatory"])]
    assert set(light["family"]) == {"motoring", "regulatory"}


def test_other_stays_below_a_tenth():
    family = tables.offences()["family"]
    crime = family[~family.isin(["motoring", "regulatory"])]
    assert (crime == "other").mean() < 0.10


def test_loaders_hand_out_copies():
    mine = tables.offences()
    mine["family"] = "other"
    assert (tables.offences()["family"] != "other").any()
