"""The doors of this room."""

from django.urls import path

from leeward.members.views import account, joining, mine, passkeys, signing, unsent

app_name = "members"

urlpatterns = [
    path("join/", joining.join_door, name="join"),
    path("join/passkey/", joining.passkey_options, name="join_passkey"),
    path("sign-in/", signing.sign_in, name="sign_in"),
    path("sign-in/passkey/", signing.passkey_options, name="sign_in_passkey"),
    path("sign-out/", signing.sign_out, name="sign_out"),
    path("recover/", signing.recover_door, name="recover"),
    path("me/", account.me, name="me"),
    path("me/confirm/", signing.confirm, name="confirm"),
    path("me/codes/", account.codes, name="codes"),
    path("me/passkeys/", passkeys.passkeys, name="passkeys"),
    path("me/passkeys/options/", passkeys.options, name="passkeys_options"),
    path("me/passkeys/<str:ref>/remove/", passkeys.remove, name="passkey_remove"),
    path("me/sessions/", account.sessions, name="sessions"),
    path("me/passphrase/", account.passphrase, name="passphrase"),
    path("me/name/", account.name, name="name"),
    path("me/consents/", mine.consents, name="consents"),
    path("me/consents/<str:purpose>/", mine.take_consent_back, name="take_consent_back"),
    path("me/email/", mine.email, name="email"),
    path("me/email/<str:token>/", mine.email_link, name="email_link"),
    path("me/unsent/", unsent.begun, name="unsent"),
    path("me/unsent/keep/", unsent.keep, name="unsent_keep"),
    path("me/unsent/here/", unsent.here, name="unsent_here"),
    path("me/export/", mine.export, name="export"),
    path("me/leave/", mine.leave, name="leave"),
    path("me/leave/<str:how>/", mine.leave_now, name="leave_now"),
    path("left/", mine.left, name="left"),
]
