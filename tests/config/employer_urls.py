"""What each address is to an employer; a new one has to be put down here.

WORK: what employers do here. OPEN: pages for everybody, or for every account.
CLOSED: other people's, which an employer is refused whatever they ask for.
"""

from __future__ import annotations

WORK = frozenset(
    """
    applications:ask_check applications:inbox applications:invite applications:note_outcome
    applications:paused applications:people applications:person applications:received
    applications:record applications:show_number applications:step applications:write
    employers:accept employers:change_role employers:covenant employers:create
    employers:document employers:edit employers:leave employers:members
    employers:overview employers:remove_member employers:resend employers:submit
    employers:withdraw employers:withdraw_document evidence:open
    measures:appeal measures:measure measures:mine measures:question
    postings:edit postings:mine postings:new postings:posting postings:renew postings:step
    reports:employer reports:job reports:mine
    screening:check screening:lint screening:revise screening:reword screening:submit
    """.split()
)
OPEN = frozenset(
    """
    about alerts:stop alerts:stop_all consent:agree_again consent:centre consent:delete
    consent:end consent:export consent:fetch consent:grants consent:leaving consent:looks
    consent:receipt consent:receipt_file consent:stay counselors:list demo:outbox
    demo:sign_in healthz help home identity:account identity:afresh identity:remove_phone
    identity:trail matching:how paths:map paths:method paths:path paths:skill privacy
    public:job readyz reports:lookup reports:receipt screening:rule screening:rules
    search:list set_language style terms theme transparency transparency_csv
    transparency_json traps
    """.split()
)
CLOSED = frozenset(
    """
    alerts:change alerts:delete alerts:detail alerts:list alerts:new alerts:pause
    alerts:resume applications:accept applications:answer_check applications:apply
    applications:calls applications:decline_invitation applications:detail
    applications:invited applications:mine applications:never_again applications:reply
    applications:save applications:saved applications:stop applications:unsave
    applications:withdraw counselors:check counselors:document counselors:edit
    counselors:mine counselors:send_back counselors:submit counselors:suspend
    counselors:verifications counselors:verify counselors:withdraw_document
    employers:check employers:send_back employers:verifications employers:verify
    evidence:accept evidence:refuse evidence:review matching:clear matching:feedback
    matching:hide_employer matching:keep matching:left_out matching:list matching:order
    matching:run_begin matching:runs matching:said matching:undo matching:why
    resumes:add resumes:change resumes:did resumes:edit resumes:figures
    resumes:language resumes:lint resumes:mine resumes:sheet screening:appeal
    screening:appeals screening:ask screening:confirm screening:confirmations
    screening:decide screening:decide_report screening:employer screening:measure
    screening:queue screening:report screening:reports screening:rescreen_begin
    screening:rescreen_cancel screening:rescreen_confirm screening:rescreen_run
    screening:rescreening screening:review screening:rule_change_look
    screening:rule_changes screening:sample screening:samples screening:triage
    seekers:block seekers:hide seekers:profile seekers:seen seekers:show seekers:skip
    seekers:start seekers:step seekers:unblock
    """.split()
)
# Signed out, or without a form, they only show what the library shows: not walked.
DEMO_ONLY = frozenset({"demo:outbox", "demo:sign_in"})
