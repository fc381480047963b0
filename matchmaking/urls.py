"""The addresses of meetings, below those of their edition."""

from django.urls import path

from matchmaking.views import (
    agenda,
    answering,
    arranging,
    asking,
    attending,
    enquiring,
    equipping,
    hours,
    printing,
    proposing,
    repairing,
    timetable,
)

app_name = "matchmaking"
ARRANGE = "<slug:slug>/organise/meetings/"
arranged = [
    path(ARRANGE, arranging.Overview.as_view(), name="arranging"),
    path(f"{ARRANGE}advance/", arranging.Advance.as_view(), name="advance"),
    path(f"{ARRANGE}settings/", arranging.Settings.as_view(), name="settings"),
    path(f"{ARRANGE}messages/", arranging.Messages.as_view(), name="messages"),
    path(f"{ARRANGE}messages/<int:pk>/", arranging.JudgeMessage.as_view(), name="judge_message"),
    path(f"{ARRANGE}tables/", equipping.Tables.as_view(), name="tables"),
    path(f"{ARRANGE}tables/<slug:kind>/", equipping.Closures.as_view(), name="closures"),
    path(f"{ARRANGE}interpreters/", equipping.Interpreters.as_view(), name="interpreters"),
    path(f"{ARRANGE}interpreters/<int:pk>/", equipping.InterpreterPage.as_view(), name="interpreter"),
    path(
        f"{ARRANGE}interpreters/<int:pk>/release/",
        equipping.ReleaseInterpreter.as_view(),
        name="release_interpreter",
    ),
    path(f"{ARRANGE}parties/", attending.Parties.as_view(), name="parties"),
    path(f"{ARRANGE}parties/<int:pk>/", attending.OrganisersPartyPage.as_view(), name="party"),
    path(f"{ARRANGE}parties/<int:pk>/out/", attending.TakeOut.as_view(), name="take_out"),
    path(f"{ARRANGE}parties/<int:pk>/back/", attending.BringBack.as_view(), name="bring_back"),
    path(f"{ARRANGE}parties/<int:pk>/wishes/<int:wish>/", attending.ForgetWish.as_view(), name="forget_wish"),
]
TIMETABLE = f"{ARRANGE}timetable/"
planned = [
    path(TIMETABLE, timetable.TimetableHome.as_view(), name="timetable"),
    path(f"{TIMETABLE}repair/", repairing.Repair.as_view(), name="repair"),
    path(f"{TIMETABLE}meetings/", timetable.Meetings.as_view(), name="all_meetings"),
    path(f"{TIMETABLE}meetings/<int:pk>/pin/", timetable.Pin.as_view(), name="pin"),
    path(f"{TIMETABLE}runs/<int:pk>/", timetable.RunPage.as_view(), name="run"),
    path(f"{TIMETABLE}runs/<int:pk>/stop/", timetable.StopRun.as_view(), name="stop_run"),
    path(f"{TIMETABLE}runs/<int:pk>/again/", timetable.RunAgain.as_view(), name="run_again"),
    path(f"{TIMETABLE}runs/<int:pk>/publish/", timetable.Publish.as_view(), name="publish"),
    path(f"{TIMETABLE}versions/<int:number>/", timetable.VersionPage.as_view(), name="version"),
    path(f"{TIMETABLE}versions/<int:number>/back/", timetable.RollBack.as_view(), name="roll_back"),
    path(f"{TIMETABLE}agendas.pdf", printing.Agendas.as_view(), name="agendas_pdf"),
    path(f"{TIMETABLE}agendas/<int:pk>.pdf", printing.Agenda.as_view(), name="agenda_pdf"),
    path(f"{TIMETABLE}meetings.xlsx", printing.Spreadsheet.as_view(), name="agendas_xlsx"),
]
urlpatterns = [
    *planned,
    *arranged,
    path("<slug:slug>/meetings/", asking.Home.as_view(), name="home"),
    path("<slug:slug>/meetings/next/", proposing.WhomToAsk.as_view(), name="next"),
    path("<slug:slug>/meetings/people/", asking.Directory.as_view(), name="directory"),
    path("<slug:slug>/meetings/with/<int:pk>/", asking.Ask.as_view(), name="ask"),
    path("<slug:slug>/meetings/questions/", enquiring.Questions.as_view(), name="questions"),
    path("<slug:slug>/meetings/questions/to/<int:pk>/", enquiring.Enquire.as_view(), name="enquire"),
    path("<slug:slug>/meetings/questions/<int:pk>/", enquiring.EnquiryPage.as_view(), name="enquiry"),
    path(
        "<slug:slug>/meetings/questions/<int:pk>/back/",
        enquiring.WithdrawEnquiry.as_view(),
        name="withdraw_enquiry",
    ),
    path("<slug:slug>/meetings/requests/<int:pk>/", answering.RequestPage.as_view(), name="request"),
    path("<slug:slug>/meetings/hours/", hours.HoursPage.as_view(), name="hours"),
    path("<slug:slug>/meetings/agenda.pdf", printing.OwnAgenda.as_view(), name="own_agenda"),
    path("<slug:slug>/meetings/<int:pk>/", agenda.MeetingPage.as_view(), name="meeting"),
    path("<slug:slug>/meetings/<int:pk>/call/", agenda.Call.as_view(), name="call"),
]
