"""The doors of the place, and who finds what behind each: written by hand, compared with the place by test_doors.py.

Each row answers a GET by everyone of the cast, of what is the author's. `same_ring` is a person whom the author chose;
`other_member` is one who, like the author, has told of her journey.
"""

from __future__ import annotations

from typing import Literal

Behind = Literal["page", "sign in", "confirm", "elsewhere", "nothing", "no reading"]
"""A page; the way to sign in; the way to show once more who one is; another page; a 404; only writing (405)."""

PEOPLE = ("stranger", "author", "same_ring", "other_member", "blocked", "moderator", "host")


def door(stranger: Behind, member: Behind, **others: Behind) -> dict[str, Behind]:
    """One row: what a stranger finds, what members find, and who finds something else."""
    return {"stranger": stranger, **dict.fromkeys(PEOPLE[1:], member), **others}


EVERYONE = door("page", "page")
STRANGERS = door("page", "elsewhere")
MEMBERS = door("sign in", "page")
PROVEN = door("sign in", "confirm")
MODERATORS = door("sign in", "nothing", moderator="page")
HOSTS = door("sign in", "nothing", host="page")
GREETERS = door("sign in", "nothing", moderator="page", host="page")
HERS = door("sign in", "nothing", author="page")
ABOUT_HER_WORDS = door("page", "page", author="nothing", blocked="nothing")
"""What a reader does about a text that she sees and did not write."""
JOURNEY = door("sign in", "elsewhere", author="page", other_member="page")
"""Those whose journey is kept; the others are asked first."""
HER_JOURNEY = door("sign in", "elsewhere", author="page", other_member="nothing")
OF_THE_TWO = door("sign in", "nothing", author="page", other_member="page")
"""A meeting of the author and another member."""
WRITING = door("no reading", "no reading")
WRITING_OF_MEMBERS = door("sign in", "no reading")

DOORS: dict[str, dict[str, Behind]] = {
    "web:home": EVERYONE,
    "web:near": EVERYONE,
    "web:near_counts": WRITING,
    "web:not_this": WRITING,
    "web:search": EVERYONE,
    "web:about": EVERYONE,
    "web:rules": EVERYONE,
    "web:rules_at": EVERYONE,
    "web:privacy": EVERYONE,
    "web:robots": EVERYONE,
    "web:opening": HOSTS,
    "web:style": EVERYONE,
    "web:leave": door("elsewhere", "elsewhere"),
    "web:about_leaving": EVERYONE,
    "members:join": STRANGERS,
    "members:join_passkey": WRITING,
    "members:sign_in": STRANGERS,
    "members:sign_in_passkey": WRITING,
    "members:sign_out": WRITING,
    "members:recover": EVERYONE,
    "members:me": MEMBERS,
    "members:confirm": MEMBERS,
    "members:codes": PROVEN,
    "members:passkeys": PROVEN,
    "members:passkeys_options": WRITING,
    "members:passkey_remove": WRITING,
    "members:sessions": MEMBERS,
    "members:passphrase": PROVEN,
    "members:name": MEMBERS,
    "members:consents": MEMBERS,
    "members:take_consent_back": JOURNEY,
    "members:email": HERS,  # where no letters are sent, only who still has an address there
    "members:email_link": door("sign in", "elsewhere", author="page"),
    "members:unsent": MEMBERS,
    "members:unsent_keep": WRITING,
    "members:unsent_here": WRITING,
    "members:export": PROVEN,
    "members:leave": MEMBERS,
    "members:leave_now": PROVEN,
    "members:left": EVERYONE,
    "audience:blocks": MEMBERS,
    "audience:unblock": WRITING,
    "audience:unmute": WRITING,
    "audience:block_writer": door("sign in", "page", author="nothing", blocked="nothing"),
    "audience:shields": MEMBERS,
    "audience:bring_back": WRITING,
    "audience:change_kept": WRITING,
    "audience:hard_day": WRITING,
    "audience:chosen": MEMBERS,
    "audience:unchoose": WRITING,
    "notifications:bell": MEMBERS,
    "notifications:preferences": MEMBERS,
    "moderation:report": ABOUT_HER_WORDS,
    "moderation:reported": ABOUT_HER_WORDS,
    "moderation:hide_such": door("sign in", "page", author="nothing", blocked="nothing"),
    "moderation:say_inside": WRITING,
    "moderation:mine": MEMBERS,
    "moderation:statement": HERS,
    "moderation:object": HERS,
    "moderation:waiting": MEMBERS,
    "moderation:told": HERS,
    "moderation:telling_propose": WRITING,
    "moderation:telling_answer": WRITING,
    "moderation:locked": HOSTS,
    "moderation:locked_step": WRITING,
    "moderation:appeals": door("sign in", "nothing", moderator="page", host="page"),
    "moderation:appeal": HOSTS,  # where the only moderator has decided it
    "moderation:appeal_open": WRITING,
    "moderation:appeal_hear": WRITING,
    "moderation:again": WRITING,
    "moderation:phrases": MEMBERS,
    "moderation:queue": MODERATORS,
    "moderation:log": HOSTS,
    "moderation:arrivals": door("sign in", "nothing", moderator="page", host="page"),
    "moderation:case": MODERATORS,
    "moderation:open": WRITING,
    "moderation:decide": WRITING,
    "moderation:take_back": WRITING,
    "moderation:hand_on": WRITING,
    "moderation:ask_second": WRITING,
    "moderation:opinion": WRITING,
    "moderation:raise_concern": MODERATORS,
    "moderation:group": MODERATORS,
    "moderation:group_open": WRITING,
    "moderation:group_decide": WRITING,
    "moderation:group_hand_on": WRITING,
    "moderation:desk": MODERATORS,
    "moderation:end_rest": WRITING,
    "moderation:notes": MODERATORS,
    "moderation:note_delete": WRITING,
    "moderation:concerns": MODERATORS,
    "moderation:concern": MODERATORS,
    "moderation:concern_read": WRITING,
    "moderation:concern_leave": WRITING,
    "moderation:concern_close": WRITING,
    "moderation:papers": HOSTS,
    "moderation:assessment": HOSTS,
    "moderation:assessment_text": HOSTS,
    "moderation:change_rules": HOSTS,
    "moderation:write": HOSTS,
    "moderation:disclosures": HOSTS,
    "moderation:transparency_years": HOSTS,
    "moderation:transparency": HOSTS,
    "moderation:transparency_csv": HOSTS,
    "moderation:published": EVERYONE,
    "moderation:published_year": EVERYONE,
    "moderation:published_csv": EVERYONE,
    "moderation:emergencies": EVERYONE,
    "moderation:routes": MODERATORS,
    "moderation:route": MODERATORS,
    "moderation:greeting": GREETERS,
    "moderation:rota": GREETERS,
    "moderation:greet": WRITING,
    "moderation:give_back": WRITING,
    "moderation:pass_on": WRITING,
    "journeys:overview": JOURNEY,
    "journeys:welcome": door("sign in", "page", author="elsewhere", other_member="elsewhere"),
    "journeys:step": JOURNEY,
    "journeys:loss_add": JOURNEY,
    "journeys:loss_edit": HER_JOURNEY,
    "journeys:loss_remove": HER_JOURNEY,
    "journeys:fact_remove": WRITING,
    "journeys:word": JOURNEY,
    "journeys:changed": JOURNEY,
    "journeys:moved": HER_JOURNEY,
    "journeys:undo": WRITING,
    "journeys:news": door("sign in", "nothing", author="page", same_ring="page"),
    "numbers:every": MEMBERS,
    "numbers:mine": MEMBERS,
    "numbers:pair": MEMBERS,
    "library:help_now": EVERYONE,
    "library:country": EVERYONE,
    "library:offline": EVERYONE,
    "library:confirm": HOSTS,
    "finding:services": EVERYONE,
    "finding:service": EVERYONE,
    "finding:organization": EVERYONE,
    "guides:front": EVERYONE,
    "guides:guides": EVERYONE,
    "guides:read": EVERYONE,
    "guides:sheet": EVERYONE,
    "guides:read_in": EVERYONE,
    "guides:sheet_in": EVERYONE,
    "guides:countries": EVERYONE,
    "guides:country": EVERYONE,
    "guides:desk": HOSTS,  # and editors, of whom the cast has none
    "guides:new": HOSTS,
    "guides:version": HOSTS,
    "guides:write": HOSTS,
    "guides:translate": HOSTS,
    "guides:desk_sheet": HOSTS,
    "guides:differences": HOSTS,
    "guides:step": HOSTS,
    "guides:to_confirm": HOSTS,
    "guides:confirm_rules": HOSTS,
    "hsds:root": EVERYONE,  # for programs: tests/library/directory/api/
    "hsds:api": EVERYONE,
    "hsds:export": EVERYONE,
    "hsds:package": EVERYONE,
    "public_stories:stories": EVERYONE,
    "public_stories:read": EVERYONE,
    "public_stories:removal": EVERYONE,
    "public_stories:desk": HOSTS,
    "public_stories:add": HOSTS,
    "public_stories:desk_story": HOSTS,
    "public_stories:removing": HOSTS,
    "stories:list": EVERYONE,
    "stories:mine": MEMBERS,
    "stories:tell": MEMBERS,
    "stories:keep": WRITING,
    "stories:read": door("nothing", "page", blocked="nothing"),
    "stories:write": HERS,
    "stories:share": HERS,
    "stories:book": HERS,
    "stories:take_back": HERS,
    "stories:answer": WRITING_OF_MEMBERS,
    "stories:word": WRITING_OF_MEMBERS,
    "stories:name_word": WRITING_OF_MEMBERS,
    "stories:quote": door("sign in", "page", blocked="nothing"),
    "stories:go_on": HERS,
    "stories:keep_chapter": WRITING,
    "stories:follow": WRITING_OF_MEMBERS,
    "stories:write_chapter": HERS,
    "stories:share_chapter": HERS,
    "stories:take_chapter_back": HERS,
    "stories:answer_chapter": WRITING_OF_MEMBERS,
    "stories:together": MEMBERS,
    "stories:hand_story": HERS,
    "stories:hand_chapter": HERS,
    "stories:first_reading": door("sign in", "nothing", author="page", same_ring="page"),  # in her hands
    "stories:say_remark": WRITING_OF_MEMBERS,
    "stories:end_reading": WRITING_OF_MEMBERS,
    "stories:hand_anew": WRITING_OF_MEMBERS,
    "stories:decline_reading": WRITING_OF_MEMBERS,
    "stories:take_remark_back": HERS,
    "stories:ask_jointly": WRITING_OF_MEMBERS,
    "stories:agree_jointly": door("sign in", "nothing", same_ring="page"),  # she is asked
    "stories:jointly": door("sign in", "nothing", author="page", same_ring="page"),  # the two who tell it
    "stories:end_jointly": WRITING_OF_MEMBERS,
    "stories:longer": WRITING_OF_MEMBERS,
    "stories:close": WRITING_OF_MEMBERS,
    "stories:hidden": HERS,
    "stories:hide_answer": door("sign in", "nothing", other_member="page"),  # under a story of his
    "stories:bring_back": WRITING_OF_MEMBERS,
    "stories:change_answer": HERS,
    "stories:take_answer_back": door("sign in", "nothing", author="page", other_member="page"),  # under her story
    "stories:pictures": HERS,
    "stories:chapter_pictures": HERS,
    "stories:take_picture_away": HERS,
    "photos:show": door("nothing", "nothing", author="page"),  # at an address that was made for her
    "circles:found": MEMBERS,
    "circles:stop": WRITING_OF_MEMBERS,
    "circles:as_now": WRITING_OF_MEMBERS,
    "circles:let_in": WRITING_OF_MEMBERS,
    "circles:let_out": WRITING_OF_MEMBERS,
    "circles:people": MEMBERS,
    "circles:person": door("sign in", "page", blocked="nothing"),
    "circles:write": door("sign in", "page", author="nothing", other_member="elsewhere", blocked="nothing"),
    "circles:aside": WRITING_OF_MEMBERS,
    "circles:meeting": OF_THE_TWO,
    "circles:say": WRITING_OF_MEMBERS,
    "circles:leave": WRITING_OF_MEMBERS,
    "circles:end": OF_THE_TWO,
    "circles:take_back": OF_THE_TWO,
    "circles:put_away": WRITING_OF_MEMBERS,
    "circles:take_line_back": HERS,
    "circles:lights": MEMBERS,
    "circles:light_out": WRITING_OF_MEMBERS,
    "circles:light_asked": MEMBERS,
}

OPEN_TO_WRITING = {
    "web:leave",
    "web:about_leaving",
    "web:search",
    "finding:services",
    "members:join",
    "members:join_passkey",
    "members:sign_in",
    "members:sign_in_passkey",
    "members:sign_out",
    "members:recover",
    "moderation:report",
    "public_stories:removal",
}
"""Doors to which a stranger may send something. To all others she is asked to sign in."""

DEAF = {name for name, row in DOORS.items() if row["stranger"] in {"page", "nothing"}} - OPEN_TO_WRITING
"""Doors that only show: what a stranger sends there is answered as if she had only looked, or refused."""
