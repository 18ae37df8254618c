"""The addresses of SS 12000, under /api/ss12000/v2.0/."""

from provning.api.ss12000 import empty, resources, telling

urlpatterns = [*resources.patterns(), *empty.patterns(), *telling.patterns()]
