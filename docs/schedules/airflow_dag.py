# ruff: noqa: INP001  # Airflow reads single files
"""The edition of the night and a report for each country, for Airflow 3.

What changed is told before it is published: the task ``changes`` fails where a number or a verdict moved, and the
edition waits until a person has looked and marks that task as successful.
"""

from datetime import UTC, datetime, timedelta

from airflow.providers.papermill.operators.papermill import PapermillOperator
from airflow.providers.smtp.notifications.smtp import SmtpNotifier
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

PROJECT = "/srv/etat-du-nuage"
COUNTRIES = ("DE", "FI", "IT")
ALERT = SmtpNotifier(from_email="airflow@example.org", to="desk@example.org", subject="{{ ti.task_id }}: look at it")

with DAG(
    "etat_du_nuage",
    schedule="0 3 * * *",
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,  # one night at a time: the next one waits
    dagrun_timeout=timedelta(hours=12),
    default_args={
        "execution_timeout": timedelta(minutes=30),
        "retry_delay": timedelta(minutes=5),
        "on_failure_callback": ALERT,
    },
):
    # What a person must look at is not tried again.
    verify = BashOperator(task_id="verify", bash_command=".venv/bin/nuage verify", cwd=PROJECT, retries=0)
    build = BashOperator(
        task_id="build", bash_command=".venv/bin/nuage build --out .cache/airflow/edition", cwd=PROJECT, retries=2
    )
    changes = BashOperator(
        task_id="changes", bash_command=".venv/bin/nuage diff reports .cache/airflow/edition", cwd=PROJECT, retries=0
    )
    publish = BashOperator(task_id="publish", bash_command=".venv/bin/nuage build", cwd=PROJECT, retries=2)
    verify >> build >> changes >> publish

    for country in COUNTRIES:
        name = f"adoption_{country.lower()}"
        verify >> PapermillOperator(
            task_id=name,
            input_nb=f"{PROJECT}/notebooks/02_adoption.ipynb",
            output_nb=f"{PROJECT}/.cache/airflow/{name}.ipynb",
            parameters={"language": "en", "countries": [country, "EU27"]},
            kernel_name="etat-du-nuage",  # .venv/bin/python -m ipykernel install --user --name etat-du-nuage
            retries=2,
        )
