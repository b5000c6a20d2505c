from typing import Any

from django.db import migrations, models


def mark_those_of_the_page(apps: Any, editor: Any) -> None:
    apps.get_model("invocations", "Invocation").objects.filter(source="page").update(from_editor=True)


class Migration(migrations.Migration):
    dependencies = [
        ("invocations", "0004_encrypted_environment_and_address"),
        ("snippets", "0004_snippets_and_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="invocation",
            name="from_editor",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="invocation",
            index=models.Index(fields=["snippet", "-created_at"], name="invocation_snippet"),
        ),
        migrations.RunPython(mark_those_of_the_page, migrations.RunPython.noop),
    ]
