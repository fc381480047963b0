"""The addresses of the floor, below those of its edition."""

from django.urls import path

from fairs.floor.views import exhibiting, halls, organising, public

ORGANISE = "<slug:slug>/organise/floor/"
HALL = f"{ORGANISE}halls/<int:pk>/"
BOOTH = f"{ORGANISE}booths/<int:pk>/"
DESK = "<slug:slug>/booth/"

urlpatterns = [
    path("<slug:slug>/plan/", public.Plan.as_view(), name="hall_plan"),
    path("<slug:slug>/exhibitors/", public.Directory.as_view(), name="exhibitors"),
    path("<slug:slug>/exhibitors/<slug:seller>/", public.ExhibitorPage.as_view(), name="exhibitor"),
    path("<slug:slug>/booths/<slug:number>/", public.BoothPage.as_view(), name="booth"),
    path("<slug:slug>/booth-papers/<int:pk>/", public.Paper.as_view(), name="booth_paper"),
    path(ORGANISE, organising.Floor.as_view(), name="floor"),
    path(f"{ORGANISE}allot/", organising.Allot.as_view(), name="allot"),
    path(f"{ORGANISE}all/", organising.AllotAll.as_view(), name="allot_all"),
    path(f"{ORGANISE}runs/<int:pk>/undo/", organising.UndoRun.as_view(), name="undo_run"),
    path(f"{ORGANISE}halls/", halls.StartHall.as_view(), name="start_hall"),
    path(HALL, halls.HallPage.as_view(), name="hall"),
    path(f"{HALL}names/", halls.NameHall.as_view(), name="name_hall"),
    path(f"{HALL}table/", halls.DrawHall.as_view(), name="draw_hall"),
    path(f"{HALL}drawing/", halls.TakeDrawing.as_view(), name="take_drawing"),
    path(f"{HALL}meant/", halls.MeanBooths.as_view(), name="mean_booths"),
    path(f"{HALL}delete/", halls.DeleteHall.as_view(), name="delete_hall"),
    path(BOOTH, organising.OneBooth.as_view(), name="floor_booth"),
    path(f"{BOOTH}change/", organising.ChangeBooth.as_view(), name="change_booth"),
    path(f"{BOOTH}free/", organising.FreeBooth.as_view(), name="free_booth"),
    path(DESK, exhibiting.Desk.as_view(), name="booth_desk"),
    path(f"{DESK}texts/", exhibiting.Texts.as_view(), name="booth_texts"),
    path(f"{DESK}products/", exhibiting.Products.as_view(), name="booth_products"),
    path(f"{DESK}people/", exhibiting.AddPerson.as_view(), name="booth_people"),
    path(f"{DESK}people/<int:pk>/", exhibiting.SayWhere.as_view(), name="booth_person"),
    path(f"{DESK}offers/", exhibiting.AddOffer.as_view(), name="booth_offers"),
    path(f"{DESK}offers/<int:pk>/remove/", exhibiting.RemoveOffer.as_view(), name="remove_booth_offer"),
    path(f"{DESK}papers/", exhibiting.AddDocument.as_view(), name="booth_papers"),
    path(f"{DESK}papers/<int:pk>/remove/", exhibiting.RemoveDocument.as_view(), name="remove_booth_paper"),
]
